// Occluded variants written per second: `faceprobe occlude` against OpenCV doing the seed's work, both with two
// processes or threads, start-up included. `node bench/occluded-variants.js [FOLDER OF IMAGES]`
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const workers = 2;
const root = mkdtempSync(join(tmpdir(), 'faceprobe-bench-'));
const images = process.argv[2] ?? (await madeImages(join(root, 'images'), 1000));
const peer = fileURLToPath(new URL('./peers/occluded_variants.py', import.meta.url));
const program = fileURLToPath(new URL('../bin/faceprobe.js', import.meta.url));

const theirs = run('/usr/bin/python3', [peer, images, join(root, 'theirs'), String(workers)]);
const ours = run(process.execPath, [
  program,
  'occlude',
  ...['--mode', 'grid', '--input-path', images, '--output-path', join(root, 'ours')],
  ...['--workers', String(workers), '--quiet'],
]);
report('faceprobe', ours, join(root, 'ours', 'grid-occlusion'));
if (theirs === undefined) console.log('OpenCV: no python3 with cv2 here');
else {
  report('OpenCV', theirs, join(root, 'theirs'));
  console.log(`  variants a second: ${(theirs / ours).toFixed(2)} times OpenCV's`);
}
rmSync(root, { recursive: true });

/** Seconds of one command; the better of two runs. Undefined where it cannot run. */
function run(command, commandArguments) {
  const times = [];
  for (let round = 0; round < 2; round++) {
    rmSync(commandArguments.at(-2), { recursive: true, force: true });
    const start = performance.now();
    const { status } = spawnSync(command, [
      ...commandArguments,
      ...(round > 0 && command === process.execPath ? ['--no-resume'] : []),
    ]);
    if (status !== 0) return undefined;
    times.push((performance.now() - start) / 1000);
  }
  return Math.min(...times);
}

function report(name, seconds, folder) {
  const count = readdirSync(folder, { recursive: true }).filter((file) =>
    String(file).endsWith('.jpg'),
  ).length;
  console.log(
    `${name}: ${count} variants in ${seconds.toFixed(2)} s, ${(count / seconds).toFixed(0)} a second`,
  );
}

/** Smooth images with grain, 224 pixels, where no photographs are given. */
async function madeImages(folder, count) {
  const { mkdirSync } = await import('node:fs');
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
