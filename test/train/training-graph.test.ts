import assert from 'node:assert/strict';
import { it } from 'node:test';
import { RandomState } from '../../src/tensor/random.js';
import type { LossName } from '../../src/train/losses/losses.js';
import { readParameters, trainableParameters } from '../../src/train/parameters.js';
import { noise, tinyLearner, tinyNetwork } from './tiny-training.js';

it('finds the weights of every kind of layer, and leaves running statistics alone', () => {
  const parameters = trainableParameters(tinyNetwork(), { of: 'logits' });
  assert.deepEqual(
    parameters.filter(({ decays }) => decays).map(({ name }) => name),
    ['first.weight', 'depthwise.weight', 'pointwise.weight', 'last.weight'],
  );
  assert.deepEqual(
    parameters.filter(({ decays }) => !decays).map(({ name }) => name),
    ['first.bias', 'norm.scale', 'norm.bias', 'slope', 'depthwise.bias', 'pointwise.bias', 'last.bias'],
  );
});

it('freezes what lies before a tensor', () => {
  const model = tinyNetwork();
  const from = model.graph.nodes.find(({ name }) => name === 'depthwise')!.outputs[0];
  const names = trainableParameters(model, { of: 'logits', from }).map(({ name }) => name);
  assert.deepEqual(names, ['pointwise.weight', 'pointwise.bias', 'last.weight', 'last.bias']);
  assert.throws(
    () => trainableParameters(model, { of: 'logits', from: 'logits' }),
    /no weights that can be trained/,
  );
});

// Along a random direction of all weights together, with a step that hardly reaches a corner of an activation: the error falls with
// the step (0.020, 0.004, 0.004 at 1e-3, 3e-4, 1e-4 of a derivative of 4), down to what float32 tells apart. 5e-3 of the gradient as for whole
// networks elsewhere.
for (const loss of ['softmax-cross-entropy', 'sigmoid-cross-entropy'] satisfies LossName[]) {
  it(`the gradient of ${loss} agrees with central differences of the loss`, async () => {
    const data = noise(5);
    const model = tinyNetwork(6);
    const rows = data.rows.slice(0, 8).map((row, at) => ({ ...row, weight: (1 + at) / 36 }));
    const learner = tinyLearner(data, {
      model,
      loss,
      optimizer: { name: 'sgd', momentum: 0, weightDecay: 0 },
    });
    const start = readParameters(model, trainableParameters(model, { of: 'logits' }));
    const objective = async (values: Float32Array) => {
      learner.parameters.set(values);
      learner.changed();
      const { losses } = await learner.score(rows);
      return losses.reduce((sum, value, row) => sum + value * rows[row].weight, 0);
    };
    const value = await learner.gradient(rows);
    assert.ok(Math.abs(value - (await objective(start))) < 1e-6 * value);
    // One step of gradient descent at rate 1 is the gradient.
    await learner.gradient(rows);
    await learner.update(rows.length, 1, 1);
    const gradient = start.map((weight, at) => weight - learner.parameters[at]);
    const random = new RandomState(7);
    for (let trial = 0; trial < 3; trial++) {
      const direction = start.map(() => random.normal());
      const step = 3e-4;
      const above = await objective(start.map((weight, at) => weight + step * direction[at]));
      const below = await objective(start.map((weight, at) => weight - step * direction[at]));
      const expected = (above - below) / (2 * step);
      const actual = gradient.reduce((sum, slope, at) => sum + slope * direction[at], 0);
      const scale = Math.hypot(...gradient);
      assert.ok(Math.abs(actual - expected) < 5e-3 * scale, `${actual} instead of ${expected}`);
    }
    await learner.close();
  });
}
