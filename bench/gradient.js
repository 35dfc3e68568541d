// Forward, and forward and backward, of the zoo's recognition network beside PyTorch: same weights, same batch, same
// number of threads, the two taking turns. `node bench/gradient.js [THREADS]` (default 1 and 2)
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createRuntimeSession } from '../build/src/model/runtime-session.js';
import { fetchModel } from '../build/src/model/zoo/fetch-model.js';
import {
  decodeModel,
  encodeModel,
  flushDenormals,
  gradient,
  gradientName,
  makeBatchDynamic,
  seedName,
} from '../build/src/onnx/index.js';
import { exportGraph } from './peers/export-graph.js';

const rounds = 15;
const file = await fetchModel('fr_feature');
const model = flushDenormals(makeBatchDynamic(decodeModel(readFileSync(file), file)));
const [{ name: input, shape }] = model.graph.inputs;
const [{ name: output }] = model.graph.outputs;
const image = shape.slice(1);
const [forward, backward] = [model, gradient(model, { of: output, wrt: input })].map(encodeModel);
const folder = mkdtempSync(join(tmpdir(), 'faceprobe-bench-'));
exportGraph(folder, model);

for (const threads of process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 2]) {
  const sessions = {
    forward: await createRuntimeSession(forward, threads),
    backward: await createRuntimeSession(backward, threads),
  };
  const peer = await startPeer(threads);
  for (const batch of [1, 8]) {
    const feeds = feedsOf(batch);
    if (peer !== undefined) {
      const ours = (await sessions.backward.run(feeds.backward))[gradientName(input)].data;
      const [sum, theirs] = [ours.reduce((a, b) => a + Math.abs(b), 0), await peer.ask(`embed ${batch}`)];
      if (Math.abs(sum / theirs - 1) > 1e-3) throw new Error(`The gradients differ: ${sum} and ${theirs}.`);
    }
    for (const kind of ['forward', 'backward']) {
      const [ours, theirs] = [[], []];
      for (let round = -2; round < rounds; round++) {
        const start = performance.now();
        await sessions[kind].run(feeds[kind]);
        const elapsed = performance.now() - start;
        const other = await peer?.ask(`${kind} ${batch}`);
        if (round < 0) continue;
        ours.push(elapsed / batch);
        theirs.push(other / batch);
      }
      report(
        `${kind === 'forward' ? 'forward' : 'forward and backward'}, batch ${batch}, threads ${threads}`,
        ours,
        theirs,
      );
    }
  }
  peer?.stop();
  await Promise.all([sessions.forward.release(), sessions.backward.release()]);
}
rmSync(folder, { recursive: true });

function report(what, ours, theirs) {
  const [us, them] = [median(ours), median(theirs)];
  const peer = Number.isNaN(them)
    ? 'PyTorch is not installed (Debian package python3-torch)'
    : `PyTorch ${them.toFixed(1)} ms, ratio ${(them / us).toFixed(2)}`;
  console.log(`${what}: ${us.toFixed(1)} ms an image; ${peer}`);
}

function feedsOf(batch) {
  const size = batch * image.reduce((a, b) => a * b);
  const data = Float32Array.from({ length: size }, (_, i) => Math.sin(i));
  const forwardFeeds = { [input]: { data, shape: [batch, ...image] } };
  const seed = { data: new Float32Array(batch * 512).fill(1), shape: [batch, 512] };
  return { forward: forwardFeeds, backward: { ...forwardFeeds, [seedName(output)]: seed } };
}

async function startPeer(threads) {
  const script = fileURLToPath(new URL('peers/gradient.py', import.meta.url));
  const child = spawn('/usr/bin/python3', [script, folder, String(threads)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (question) => {
    child.stdin.write(`${question}\n`);
    const { done, value } = await lines.next();
    return done ? undefined : Number(value);
  };
  return (await ask('forward 1')) === undefined ? undefined : { ask, stop: () => child.stdin.end() };
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
