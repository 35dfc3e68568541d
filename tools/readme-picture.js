// Puts the README's picture together out of a finished demo: `npm run demo && node tools/readme-picture.js`.
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';

const demo = process.argv[2] ?? 'faceprobe-demo';
const photograph = 'sample6';
const width = 420;
const gap = 20;

const figures = await Promise.all(
  ['fr_liveness', 'fr_feature'].map((model) =>
    sharp(`${demo}/${model}/${photograph}.png`).resize({ width }).toBuffer({ resolveWithObject: true }),
  ),
);
const { height } = figures[0].info;
const margin = Math.round((width * 30) / 800);
const side = width - 2 * margin;
const view = await sharp(await readFile(`${demo}/fr_liveness/views/${photograph}.jpg`))
  .resize({ width: side, height: side, kernel: 'cubic' })
  .toBuffer();
const top = Math.round((width * 85) / 800);

await sharp({ create: { width: 3 * width + 2 * gap, height, channels: 3, background: '#ffffff' } })
  .composite([
    { input: view, left: margin, top },
    { input: figures[0].data, left: width + gap, top: 0 },
    { input: figures[1].data, left: 2 * (width + gap), top: 0 },
  ])
  .png({ palette: true, quality: 90 })
  .toFile('docs/images/demo.png');
