import assert from 'node:assert/strict';
import { it } from 'node:test';
import { batchesOf } from '../../src/train/batch-order.js';
import { classWeights } from '../../src/train/class-weights.js';
import { learningRate } from '../../src/train/learning-rate.js';
import { adam } from '../../src/train/optimizers/adam.js';
import type { Optimizer } from '../../src/train/optimizers/optimizer.js';
import { sgd } from '../../src/train/optimizers/sgd.js';

/** Two steps from [1, -2] with the gradients [0.5, 0.25] and [-1, 0.25] at rate 0.1; only the first weight decays. */
function twoSteps(rule: Optimizer): number[] {
  const parameters = Float32Array.of(1, -2);
  const state = Array.from({ length: rule.memory }, () => new Float32Array(2));
  const gradients = [Float32Array.of(0.5, 0.25), Float32Array.of(-1, 0.25)];
  gradients.forEach((gradient, at) => {
    rule.update({
      parameters,
      gradient,
      state,
      decays: Uint8Array.of(1, 0),
      learningRate: 0.1,
      step: at + 1,
    });
  });
  return [...parameters];
}

function assertNear(actual: readonly number[], expected: readonly number[]): void {
  // Float32: half a unit in the last place, a few times over.
  actual.forEach((value, at) => {
    assert.ok(Math.abs(value - expected[at]) < 1e-6, `${value} instead of ${expected[at]}`);
  });
}

it('SGD by hand', () => {
  // v1 = 0.5 + 0.1·1 = 0.6, w = 0.94; v2 = 0.9·0.6 + (-1 + 0.094) = -0.366, w = 0.9766.
  // v1 = 0.25, w = -2.025; v2 = 0.225 + 0.25 = 0.475, w = -2.0725.
  assertNear(twoSteps(sgd({ momentum: 0.9, weightDecay: 0.1 })), [0.9766, -2.0725]);
});

it('Adam and AdamW by hand', () => {
  const usual = { beta1: 0.9, beta2: 0.999, epsilon: 0 };
  // The first step is the sign of the gradient. The second: m = (0.09 g1 + 0.1 g2) / 0.19, v = (0.000999 g1² + 0.001 g2²) / 0.001999.
  const second = (first: number, next: number) =>
    (0.09 * first + 0.1 * next) / 0.19 / Math.sqrt((0.000999 * first ** 2 + 0.001 * next ** 2) / 0.001999);
  const coupled = [1 - 0.1 - 0.1 * second(0.6, -1 + 0.1 * 0.9), -2 - 0.1 - 0.1 * second(0.25, 0.25)];
  assertNear(twoSteps(adam({ ...usual, weightDecay: 0.1, decoupled: false })), coupled);
  const shrunk = 1 - 0.1 - 0.1 * 0.1;
  const decoupled = [shrunk - 0.1 * second(0.5, -1) - 0.1 * 0.1 * shrunk, -2.2];
  assertNear(twoSteps(adam({ ...usual, weightDecay: 0.1, decoupled: true })), decoupled);
});

it('the learning rate rises, then falls along half a cosine', () => {
  const schedule = { name: 'cosine', rate: 2, warmUp: 4, steps: 12 } as const;
  const rates = [0, 3, 4, 8, 12].map((step) => learningRate(schedule, step));
  assertNear(rates, [0.5, 2, 2, 1, 0]);
  assert.equal(learningRate({ ...schedule, name: 'constant' }, 9), 2);
});

it('every epoch shows each image once, in an order of its own', () => {
  const items = Array.from({ length: 10 }, (_, at) => at + 5);
  const first = batchesOf(items, { size: 4, seed: 1, epoch: 0 });
  assert.deepEqual(
    first.map(({ length }) => length),
    [4, 4, 2],
  );
  assert.deepEqual(
    first.flat().sort((a, b) => a - b),
    items,
  );
  assert.deepEqual(batchesOf(items, { size: 4, seed: 1, epoch: 0 }), first);
  assert.notDeepEqual(batchesOf(items, { size: 4, seed: 1, epoch: 1 }), first);
});

it('balanced weights give every class the same sum', () => {
  const weights = classWeights('balanced', ['a', 'b'], [30, 10]);
  assert.deepEqual(weights, [40 / 60, 40 / 20]);
  assert.deepEqual(classWeights({ b: 3 }, ['a', 'b'], [30, 10]), [1, 3]);
  assert.throws(
    () => classWeights('balanced', ['a', 'b'], [30, 0]),
    /class "b": has no image in the training split/,
  );
  assert.throws(() => classWeights({ c: 1 }, ['a', 'b'], [1, 1]), /--class-weights c: is no class/);
});
