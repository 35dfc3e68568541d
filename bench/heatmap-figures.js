// Heat map figures a second: ours against matplotlib drawing what the occlusion_heatmaps_builder draws.
// Same photograph, same grid, same number of pixels, one process each. `node bench/heatmap-figures.js [PHOTOGRAPH]`
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import sharp from 'sharp';

import { renderHeatmapFigure } from '../build/src/report/figure/render-heatmap-figure.js';

const folder = mkdtempSync(join(tmpdir(), 'faceprobe-bench-'));
const photographFile = process.argv[2] ?? (await madePhotograph());
const peer = fileURLToPath(new URL('./peers/heatmap_figures.py', import.meta.url));
const { data, info } = await sharp(photographFile)
  .removeAlpha()
  .toColourspace('srgb')
  .raw()
  .toBuffer({ resolveWithObject: true });
const photograph = { width: info.width, height: info.height, channels: 3, data };

// The peer draws every cell as 2x2: its default grid of 4x4 is 8x8 drawn cells, one of 8x8 is 16x16.
for (const side of [8, 16]) {
  const theirs = matplotlib(side);
  const ours = await faceprobe(side, theirs === undefined ? 1600 * 1860 : theirs.width * theirs.height);
  print(`faceprobe  ${side}x${side}`, ours);
  if (theirs === undefined) {
    console.log('matplotlib: no python3 with matplotlib here');
  } else {
    print(`matplotlib ${side}x${side}`, theirs);
    console.log(
      `  figures a second: ${(theirs.seconds / ours.seconds).toFixed(1)} times, ` +
        `a second of processor time: ${(theirs.cpuSeconds / ours.cpuSeconds).toFixed(1)} times`,
    );
  }
}
rmSync(folder, { recursive: true });

/** A smooth face-like gradient with grain, where no photograph is given. */
async function madePhotograph() {
  const file = join(folder, 'photograph.jpg');
  const noise = { type: 'gaussian', mean: 128, sigma: 30 };
  const image = sharp({ create: { width: 675, height: 675, channels: 3, background: '#a08070', noise } });
  await image.blur(2).jpeg({ quality: 95 }).toFile(file);
  return file;
}

function matplotlib(side) {
  for (const python of ['/usr/bin/python3', 'python3']) {
    const run = spawnSync(python, [peer, photographFile, side, side, 5, folder].map(String), {
      encoding: 'utf8',
    });
    if (run.status === 0) {
      return JSON.parse(run.stdout);
    }
  }
  return undefined;
}

async function faceprobe(side, pixels) {
  const edges = (length) =>
    Array.from({ length: side + 1 }, (_, index) => Math.round((index * length) / side));
  const figure = {
    title: 'Grid Occlusion Heatmap',
    photograph,
    photographColours: 'original',
    cells: {
      rowEdges: edges(photograph.height),
      columnEdges: edges(photograph.width),
      values: Float32Array.from({ length: side * side }, (_, cell) => ((cell * 7919) % 997) / 997),
    },
    scale: { minimum: 0, maximum: 1 },
    colourBarLabel: 'Prediction score when occluded (0 = morph, 1 = bona fide)',
  };
  const { width, height } = await sharp(await renderHeatmapFigure(figure)).metadata();
  const dpi = Math.ceil(200 * Math.sqrt(pixels / (width * height)));
  const count = 60;
  const cpu = process.cpuUsage();
  const start = performance.now();
  let drawn = 0;
  let png = new Uint8Array();
  const draw = async () => {
    while (drawn++ < count) {
      png = await renderHeatmapFigure({ ...figure, dpi });
      writeFileSync(join(folder, 'faceprobe.png'), png);
    }
  };
  await Promise.all([draw(), draw(), draw()]);
  const seconds = (performance.now() - start) / 1000 / count;
  const { user, system } = process.cpuUsage(cpu);
  const size = await sharp(png).metadata();
  return { seconds, cpuSeconds: (user + system) / 1e6 / count, width: size.width, height: size.height };
}

function print(name, { seconds, cpuSeconds, width, height }) {
  console.log(
    `${name.padEnd(18)} ${(seconds * 1000).toFixed(0).padStart(5)} ms, ` +
      `${(cpuSeconds * 1000).toFixed(0).padStart(5)} ms of processor time, ${width}x${height}`,
  );
}
