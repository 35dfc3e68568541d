// Occluded variants written per second: `faceprobe occlude` against OpenCV doing the seed's work, both with two
// processes or threads, start-up included. `node bench/occluded-variants.js [FOLDER OF IMAGES]`
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const workers = 2;
const root = mkdtempSync(join(tmpdir(), 'faceprobe-bench-'));
const images = process.argv[2] ?? (await madeImages(join(root, 'images'), 1000));
const peer = fileURLToPath(new URL('./peers/occluded_variants.py', import.meta.url));
const program = fileURLToPath(new URL('../bin/faceprobe.js', import.meta.url));

const peers = { faceprobe: [], OpenCV: [] };
// In turn, into fresh folders that are removed at the end: deleting thousands of files slows down what comes next.
for (let round = 0; round < 3; round++) {
  const target = join(root, `ours${round}`);
  const options = [
    '--mode',
    'grid',
    '--input-path',
    images,
    '--output-path',
    target,
    '--workers',
    String(workers),
  ];
  time('faceprobe', process.execPath, [program, 'occlude', ...options, '--quiet'], target);
  const other = join(root, `theirs${round}`);
  time('OpenCV', '/usr/bin/python3', [peer, images, other, String(workers)], other);
}
const [ours, theirs] = [median(peers.faceprobe), median(peers.OpenCV)];
console.log(`faceprobe: ${ours.toFixed(0)} variants a second`);
if (theirs === undefined) console.log('OpenCV: no python3 with cv2 here');
else {
  console.log(`OpenCV: ${theirs.toFixed(0)} variants a second`);
  console.log(`  ratio ${(ours / theirs).toFixed(2)}, start-up of both included`);
}
rmSync(root, { recursive: true });

/** Notes the variants a second of one command. */
function time(name, command, commandArguments, target) {
  const start = performance.now();
  const { status } = spawnSync(command, commandArguments);
  if (status !== 0) return;
  const seconds = (performance.now() - start) / 1000;
  const files = readdirSync(target, { recursive: true }).map(String);
  peers[name].push(files.filter((file) => file.endsWith('.jpg')).length / seconds);
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

/** Smooth images with grain, 224 pixels, where no photographs are given. */
async function madeImages(folder, count) {
  mkdirSync(folder);
  for (let index = 0; index < count; index++) {
    const data = Buffer.alloc(224 * 224 * 3);
    for (let at = 0; at < data.length; at++) {
      const pixel = Math.floor(at / 3);
      const [x, y] = [pixel % 224, Math.floor(pixel / 224)];
      data[at] = 128 + 70 * Math.sin((x + index) / 19) * Math.cos(y / 23) + ((at * 2654435761) >>> 28);
    }
    await sharp(data, { raw: { width: 224, height: 224, channels: 3 } })
      .jpeg({ quality: 95 })
      .toFile(join(folder, `${index}.jpg`));
  }
  return folder;
}
