// Both directions of xSSAB for one pair, in forward passes of the same network on the same threads.
import { openDifferentiable } from '../build/src/explain/differentiable.js';
import { explainXssab } from '../build/src/explain/xssab/xssab.js';
import { openModel } from '../build/src/model/open-model.js';

const model = await openModel('fr_feature');
const [output] = Object.keys(model.card.outputs);
const network = await openDifferentiable(model, output);
const image = (phase) => ({
  data: Float32Array.from({ length: 3 * 112 * 112 }, (_, i) => Math.sin(i * 0.37 + phase)),
  shape: [1, 3, 112, 112],
});
const pair = { a: image(0), b: image(1) };

const times = { forward: [], pair: [] };
for (let round = -3; round < 25; round++) {
  const forward = await time(() => network.forward(pair.a));
  const both = await time(() => explainXssab(network, pair, { threshold: 0.3 }));
  if (round < 0) continue;
  times.forward.push(forward);
  times.pair.push(both);
}
const [forward, both] = [times.forward, times.pair].map(
  (list) => list.sort((a, b) => a - b)[list.length >> 1],
);
console.log(
  `one pair, both directions: ${both.toFixed(1)} ms; one forward pass: ${forward.toFixed(1)} ms; ` +
    `ratio ${(both / forward).toFixed(1)}`,
);
await Promise.all([network.close(), model.close()]);

async function time(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
