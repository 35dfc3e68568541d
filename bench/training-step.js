// One training step of MiniFASNetV2 (80x80, 0.43 million weights) at batch 16: forward, softmax cross-entropy, gradients of all
// weights, AdamW. Beside its own forward pass, and beside PyTorch on the same weights and images, the two taking turns.
// `FACEPROBE_DATA=... node bench/training-step.js [THREADS]` (default 1 and 2)
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { decodeModel, flushDenormals, makeBatchDynamic } from '../build/src/onnx/index.js';
import { Learner } from '../build/src/train/learner.js';
import { optimizerSettings } from '../build/src/train/optimizers/optimizers.js';
import { trainableParameters } from '../build/src/train/parameters.js';
import { exportGraph } from './peers/export-graph.js';

const [batch, rounds] = [16, 7];
const data = process.env.FACEPROBE_DATA;
if (data === undefined) {
  console.log('skipped: the weights of MiniFASNetV2 are read from FACEPROBE_DATA, which is not set');
  process.exit();
}
const file = join(data, 'models/minifasnet/2.7_80x80_MiniFASNetV2.onnx');
const model = flushDenormals(makeBatchDynamic(decodeModel(readFileSync(file), file)));
const [{ name: logits, shape: outputShape }] = model.graph.outputs;
const shape = model.graph.inputs[0].shape.slice(1);
const parameters = trainableParameters(model, { of: logits });
const rows = Array.from({ length: batch }, (_, item) => {
  const target = Array.from({ length: outputShape[1] }, (_, at) => (at === item % 2 ? 1 : 0));
  return { item, target, weight: 1 / batch };
});
const folder = mkdtempSync(join(tmpdir(), 'faceprobe-bench-'));
exportGraph(folder, model);
writeFileSync(join(folder, 'trained.json'), JSON.stringify(parameters.map(({ name }) => name)));

for (const threads of process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 2]) {
  const learner = new Learner({
    model,
    logits,
    loss: 'softmax-cross-entropy',
    parameters,
    optimizer: optimizerSettings('adamw', { weightDecay: 1e-4 }),
    source: { module: new URL('./peers/sine-rows.js', import.meta.url), options: { shape } },
    batchSize: batch,
    pieceSize: 4,
    workers: threads,
    name: 'MiniFASNetV2',
  });
  const peer = await startPeer(threads);
  let step = 0;
  const ours = {
    forward: () => learner.score(rows),
    step: async () => {
      await learner.gradient(rows);
      await learner.update(batch, 1e-6, ++step);
    },
  };
  const times = { forward: [], step: [] };
  const theirs = { forward: [], step: [] };
  for (let round = -1; round < rounds; round++) {
    for (const kind of ['forward', 'step']) {
      const [start, cpu] = [performance.now(), process.cpuUsage()];
      await ours[kind]();
      const { user, system } = process.cpuUsage(cpu);
      const own = [performance.now() - start, (user + system) / 1000];
      const other = await peer?.ask(`${kind} ${batch}`);
      if (round < 0) continue;
      times[kind].push(own);
      if (other !== undefined) theirs[kind].push(other);
    }
  }
  for (const [at, clock] of ['wall clock', 'processor time'].entries()) {
    const of = (pairs) => median(pairs.map((pair) => pair[at]));
    const [forward, whole] = [of(times.forward), of(times.step)];
    const beside =
      peer === undefined
        ? 'PyTorch is not installed (Debian package python3-torch)'
        : `PyTorch ${of(theirs.step).toFixed(0)} ms, ratio ${(of(theirs.step) / whole).toFixed(2)}; its forward pass ${of(theirs.forward).toFixed(0)} ms`;
    console.log(
      `training step, batch ${batch}, threads ${threads}, ${clock}: ${whole.toFixed(0)} ms, ${(whole / forward).toFixed(1)} forward passes of ${forward.toFixed(0)} ms; ${beside}`,
    );
  }
  peer?.stop();
  await learner.close();
}
rmSync(folder, { recursive: true });

async function startPeer(threads) {
  const script = fileURLToPath(new URL('peers/training_step.py', import.meta.url));
  const child = spawn('/usr/bin/python3', [script, folder, String(threads)], {
    stdio: ['pipe', 'pipe', process.env.DEBUG === undefined ? 'ignore' : 'inherit'],
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (question) => {
    child.stdin.write(`${question}\n`);
    const { done, value } = await lines.next();
    return done ? undefined : value.split(' ').map(Number);
  };
  return (await ask('forward 1')) === undefined ? undefined : { ask, stop: () => child.stdin.end() };
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
