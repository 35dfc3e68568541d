// Occluded variants written per second: `faceprobe occlude` against OpenCV doing the seed's work, both with two
// threads or processes, in turn. OpenCV writes with the accurate DCT and in place; faceprobe with the fast DCT (0.45 dB
// less at quality 95) and by renaming whole files, and keeps a journal. Wall clock is what a user waits for; seconds of
// CPU say the same on a machine that is busy with other work. Without start-up: what a run over a single image takes is
// taken off. `node bench/occluded-variants.js [FOLDER OF IMAGES]`
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const workers = 2;
const rounds = 5;
const root = mkdtempSync(join(tmpdir(), 'faceprobe-bench-'));
const images = process.argv[2] ?? (await madeImages(join(root, 'images'), 1000));
const single = join(root, 'single');
mkdirSync(single);
copyFileSync(join(images, readdirSync(images)[0]), join(single, 'image.jpg'));

const peer = fileURLToPath(new URL('./peers/occluded_variants.py', import.meta.url));
const program = fileURLToPath(new URL('../bin/faceprobe.js', import.meta.url));
const commands = {
  faceprobe: (from, to) => [
    process.execPath,
    ...[program, 'occlude', '--mode', 'grid', '--input-path', from, '--output-path', to],
    ...['--workers', String(workers), '--quiet'],
  ],
  OpenCV: (from, to) => ['/usr/bin/python3', peer, from, to, String(workers)],
};

const runs = { faceprobe: [], OpenCV: [] };
// In turn, into fresh folders that are removed at the end: deleting thousands of files slows down what comes next.
for (let round = 0; round < rounds; round++) {
  for (const name of Object.keys(commands)) {
    const start = measure(name, single, `${name}-single-${round}`);
    const whole = measure(name, images, `${name}-${round}`);
    if (start !== undefined && whole !== undefined) runs[name].push({ start, whole });
  }
}
if (runs.OpenCV.length === 0) console.log('OpenCV: no python3 with cv2 here');
for (const clock of ['wall', 'cpu']) {
  console.log(clock === 'wall' ? 'by the wall clock:' : 'by seconds of CPU:');
  const rates = Object.entries(runs).map(([name, of]) => ({
    name,
    whole: of.map(({ whole }) => whole.variants / whole[clock]),
    work: of.map(({ start, whole }) => (whole.variants - start.variants) / (whole[clock] - start[clock])),
  }));
  for (const { name, whole, work } of rates) {
    if (whole.length === 0) continue;
    console.log(
      `  ${name}: ${median(whole).toFixed(0)} variants a second, ${median(work).toFixed(0)} without start-up`,
    );
  }
  const [ours, theirs] = rates;
  if (theirs.whole.length === 0) continue;
  // Each round has both one after the other, so that what else the machine does meets both.
  const ratio = (part) => median(ours[part].map((rate, round) => rate / theirs[part][round])).toFixed(2);
  console.log(`  ratio ${ratio('whole')}, without start-up ${ratio('work')}`);
}
rmSync(root, { recursive: true });

/** Seconds of wall clock and of CPU of one run and the variants that it wrote; undefined where it cannot be run. */
function measure(name, from, folder) {
  const to = join(root, folder);
  const begin = performance.now();
  // The shell tells the CPU time of what it ran: its last line is that of its children, user and system.
  const { status, stdout } = spawnSync(
    'sh',
    ['-c', '"$@" >&2 || exit; times', 'sh', ...commands[name](from, to)],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) return undefined;
  const wall = (performance.now() - begin) / 1000;
  const [user, system] = [
    ...stdout
      .trim()
      .split('\n')
      .at(-1)
      .matchAll(/(\d+)m([\d.]+)s/g),
  ];
  const cpu = [user, system].reduce((sum, [, minutes, seconds]) => sum + 60 * minutes + Number(seconds), 0);
  const variants = readdirSync(to, { recursive: true }).filter((file) =>
    String(file).endsWith('.jpg'),
  ).length;
  return { wall, cpu, variants };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
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
