// Both directions of xSSAB for one pair, in forward passes of the same network, each on one thread. The two take turns,
// and processor time is given beside the time on the clock: it is what counts on a machine with other work.
import { openXssab } from '../build/src/explain/xssab/open-xssab.js';
import { explainXssab } from '../build/src/explain/xssab/xssab.js';
import { openModel } from '../build/src/model/open-model.js';

const model = await openModel('fr_feature', { threads: 1 });
const [output] = Object.keys(model.card.outputs);
const [{ name: input }] = model.inputs;
const network = await openXssab(model, output, { threads: 1 });
const image = (phase) => ({
  data: Float32Array.from({ length: 3 * 112 * 112 }, (_, i) => Math.sin(i * 0.37 + phase)),
  shape: [1, 3, 112, 112],
});
const pair = { a: image(0), b: image(1) };

const times = { forward: [], pair: [] };
for (let round = -5; round < 40; round++) {
  const forward = await time(() => model.run({ [input]: pair.a }, [output]));
  const both = await time(() => explainXssab(network, pair, { threshold: 0.3 }));
  if (round < 0) continue;
  times.forward.push(forward);
  times.pair.push(both);
}
for (const clock of ['processor', 'wall']) {
  const [forward, both] = [times.forward, times.pair].map((list) => median(list.map((each) => each[clock])));
  console.log(
    `${clock} time: one pair, both directions ${both.toFixed(1)} ms; one forward pass ${forward.toFixed(1)} ms; ` +
      `ratio ${(both / forward).toFixed(1)}`,
  );
}
await Promise.all([network.close(), model.close()]);

async function time(work) {
  const [start, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return { wall: performance.now() - start, processor: (user + system) / 1000 };
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
