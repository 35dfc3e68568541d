// LIME of one face: against the bare forward passes of the same network in the same sessions, against Python's way of it in
// PyTorch (same network, same samples, same number of threads, taking turns), and how many samples each design of masks
// needs for the same standard errors. `node bench/lime.js [SAMPLES] [MODEL CARD]` (default 1000, fr_feature)
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { decodeImage } from '../build/src/dataset/decode-image.js';
import { hiddenInput } from '../build/src/explain/hidden-input.js';
import { explainLime } from '../build/src/explain/lime/lime.js';
import { networkInput } from '../build/src/explain/network-input.js';
import { cropForCard } from '../build/src/face/crop-for-card.js';
import { openDetector } from '../build/src/face/open-detector.js';
import { selectFace } from '../build/src/face/select-face.js';
import { loadOpenCv } from '../build/src/image/opencv.js';
import { superpixelMethods } from '../build/src/image/superpixels/methods.js';
import { openModel } from '../build/src/model/open-model.js';
import { resizeToInput } from '../build/src/model/resize-to-input.js';
import { pullModels } from '../build/src/model/zoo/pull-models.js';
import { decodeModel } from '../build/src/onnx/index.js';
import { maskDesigns } from '../build/src/perturb/mask-design/mask-design.js';
import { exportGraph } from './peers/export-graph.js';

const rounds = 3;
const samples = Number(process.argv[2] ?? 1000);
const [name = 'fr_feature', card] = process.argv.slice(3);
const cv = await loadOpenCv();
const { photographs } = await pullModels(['photographs']);
const model = await openModel(name, { card: card && JSON.parse(readFileSync(card, 'utf8')) });
const { input } = model.card;
const { image: photo } = await decodeImage(photographs[0]);
const detector = await openDetector('mtcnn', { threads: 2 });
const face = selectFace(await detector.detect(photo));
await detector.close();
const view = resizeToInput(cv, input, cropForCard(cv, input, photo, face).image);
const segmentation = superpixelMethods.slic.segment(view);
const target = { kind: 'self-similarity' };

const explain = (design, seed) =>
  explainLime(cv, model, view, segmentation, target, { samples, design, seed });
const bare = async () => {
  const { data, shape } = networkInput(cv, input, view);
  const row = data.length;
  const batch = new Float32Array(16 * row).map((_, at) => data[at % row]);
  let left = samples;
  const lane = async () => {
    const own = batch.slice();
    while (left > 0) {
      const count = Math.min(16, left);
      left -= count;
      const feed = { data: own.subarray(0, count * row), shape: [count, ...shape.slice(1)] };
      await model.run({ [model.inputs[0].name]: feed });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
};

const folder = mkdtempSync(join(tmpdir(), 'faceprobe-bench-'));
const peer = await startPeer(availableParallelism());
await bare();
const times = { lime: [], bare: [], python: [] };
let explanation;
for (let round = 0; round < rounds; round++) {
  times.lime.push(await timed(async () => (explanation = await explain('independent', round))));
  times.bare.push(await timed(bare));
  const theirs = await peer?.ask(samples, round);
  if (theirs === undefined) continue;
  times.python.push(theirs);
  const far = Math.max(...theirs.weights.map((w, at) => Math.abs(w - explanation.segments[at].weight)));
  if (far > 1e-3) throw new Error(`The weights differ by ${far}.`);
}
peer?.stop();
const [lime, passes, python] = [times.lime, times.bare, times.python].map(medians);
console.log(
  `${name}, ${samples} samples, ${segmentation.count} segments: ${inWords(lime)}; ${samples} forward passes alone ` +
    `${inWords(passes)}; ratio ${ratio(lime, passes)}`,
);
console.log(
  python === undefined
    ? 'PyTorch is not installed (Debian package python3-torch)'
    : `Python's way in PyTorch: ${inWords(python)}; ratio ${ratio(python, lime)}`,
);

const variance = {};
for (const design of Object.keys(maskDesigns)) {
  const errors = [];
  for (const seed of [100, 101]) {
    const { segments } = await explain(design, seed);
    errors.push(...segments.map(({ standardError }) => standardError ** 2));
  }
  variance[design] = errors.reduce((sum, value) => sum + value, 0) / errors.length;
  const share = variance[design] / variance.independent;
  console.log(
    `${design}: standard error ${Math.sqrt(variance[design]).toExponential(2)}; as small as that of ${samples} ` +
      `independent samples after ${Math.round(samples * share)}` +
      (python === undefined
        ? ''
        : `, ${(python.wall / lime.wall / share).toFixed(1)} times as fast as Python's way (${(python.cpu / lime.cpu / share).toFixed(1)} of CPU)`),
  );
}
await model.close();
rmSync(folder, { recursive: true });

async function startPeer(threads) {
  exportGraph(folder, decodeModel(model.onnx));
  const write = (file, array) => writeFileSync(join(folder, file), new Uint8Array(array.buffer));
  write('image.bin', networkInput(cv, input, view).data);
  write('hidden.bin', hiddenInput(cv, input, view, 'gray').data);
  write('labels.bin', segmentation.labels);
  const script = fileURLToPath(new URL('peers/lime.py', import.meta.url));
  const child = spawn('/usr/bin/python3', [script, folder, String(threads)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (count, seed) => {
    child.stdin.write(`${count} ${seed}\n`);
    const { done, value } = await lines.next();
    return done ? undefined : JSON.parse(value);
  };
  return (await ask(20, 0)) === undefined ? undefined : { ask, stop: () => child.stdin.end() };
}

/** Seconds by the clock, and of CPU in all threads of this process. */
async function timed(work) {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

function medians(values) {
  if (values.length === 0) return undefined;
  const median = (key) => values.map((value) => value[key]).sort((a, b) => a - b)[values.length >> 1];
  return { wall: median('wall'), cpu: median('cpu') };
}

function inWords({ wall, cpu }) {
  return `${wall.toFixed(2)} s (${cpu.toFixed(2)} s of CPU)`;
}

function ratio(a, b) {
  return `${(a.wall / b.wall).toFixed(2)} (${(a.cpu / b.cpu).toFixed(2)} of CPU)`;
}
