// Peak memory (resident, all threads) of crop, score and explain occlusion over many photographs, and how it grows: the
// most in each quarter of the run. Linux only. `node bench/memory.js [COUNT] [FOLDER OF PHOTOGRAPHS]`
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pullModels } from '../build/src/model/zoo/pull-models.js';

const count = Number(process.argv[2] ?? 200);
const program = fileURLToPath(new URL('../bin/faceprobe.js', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'faceprobe-bench-'));
const images = join(root, 'images');
await fill(images);

if (!existsSync('/proc/self/status')) console.log('not measured: this system has no /proc');
else {
  const [crops, scores, maps] = ['crops', 'scores.csv', 'maps'].map((name) => join(root, name));
  await watch(crops, ['crop', '--input-path', images, '--output-path', crops, '--size', '224']);
  await watch(`${scores}.run`, [
    'score',
    '--input-path',
    images,
    '--output',
    scores,
    '--model',
    'fr_liveness',
  ]);
  const grid = ['--mode', 'grid', '--grid-rows-count', '2', '--grid-columns-count', '2', '--dpi', '40'];
  const explain = ['explain', 'occlusion', crops, '--output', maps, '--model', 'fr_liveness', '--aligned'];
  await watch(maps, [...explain, ...grid]);
}
rmSync(root, { recursive: true });

/** Runs a command and prints the most memory in each quarter of its journal. */
async function watch(folder, options) {
  const journal = join(folder, 'results.jsonl');
  const samples = [];
  let peak = 0;
  const start = performance.now();
  const child = spawn(process.execPath, [program, ...options, '--workers', '2', '--quiet'], {
    stdio: 'ignore',
  });
  const timer = setInterval(() => {
    const status = memoryOf(child.pid);
    if (status === undefined) return;
    peak = status.peak;
    samples.push({ now: status.now, journal: existsSync(journal) ? statSync(journal).size : 0 });
  }, 100);
  const code = await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(timer);
  const name = options.slice(0, options[0] === 'explain' ? 2 : 1).join(' ');
  if (code !== 0) return console.log(`${name}: failed`);
  const size = statSync(journal).size;
  const quarters = [0, 1, 2, 3].map((quarter) => {
    const within = samples.filter(
      (sample) => Math.min(3, Math.floor((4 * sample.journal) / size)) === quarter,
    );
    return Math.max(...within.map(({ now }) => now)).toFixed(0);
  });
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `${name}: ${count} images in ${seconds.toFixed(0)} s, peak ${peak.toFixed(0)} MB, by quarters ${quarters.join(', ')} MB`,
  );
}

/** Resident memory in MB, now and at most so far; undefined where the process has ended. */
function memoryOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const [peak, now] = ['VmHWM', 'VmRSS'].map(
      (field) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024,
    );
    return Number.isNaN(now) ? undefined : { peak, now };
  } catch {
    return undefined;
  }
}

/** As many links to photographs as are wanted, with the photographs of the zoo where no folder is given. */
async function fill(folder) {
  const given = process.argv[3];
  const photographs =
    given === undefined
      ? (await pullModels(['photographs'])).photographs
      : readdirSync(given, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && /\.(jpe?g|png)$/i.test(entry.name))
          .map((entry) => join(entry.parentPath, entry.name))
          .sort();
  mkdirSync(folder);
  for (let index = 0; index < count; index++) {
    const from = photographs[index % photographs.length];
    const to = join(folder, `${index}${extname(from)}`);
    try {
      linkSync(from, to);
    } catch {
      copyFileSync(from, to);
    }
  }
}
