import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { averageDrop } from '../../../src/measure/faithfulness/average-drop.js';
import { infidelity } from '../../../src/measure/faithfulness/infidelity.js';
import { maxSensitivity } from '../../../src/measure/faithfulness/max-sensitivity.js';
import { muFidelity } from '../../../src/measure/faithfulness/mu-fidelity.js';
import type { ImageInput, ScoreInputs } from '../../../src/measure/faithfulness/scored-input.js';
import { RandomState } from '../../../src/tensor/random.js';

const random = new RandomState(9);
const normals = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal());

describe('muFidelity', () => {
  const input: ImageInput = { values: normals(144), width: 12, height: 12, channels: 1, layout: 'CHW' };
  const sum: ScoreInputs = (batch, count) =>
    Float64Array.from({ length: count }, (_, item) =>
      batch.subarray(item * 144, (item + 1) * 144).reduce((total, value) => total + value, 0),
    );

  it('is 1 for f = sum of x and phi = x, -1 for phi = -x, to 1e-9', async () => {
    for (const grid of [3, 9, 'pixels'] as const) {
      const options = { input, score: sum, grid };
      const map = input.values;
      assert.ok(Math.abs((await muFidelity({ ...options, map })) - 1) < 1e-9);
      assert.ok(Math.abs((await muFidelity({ ...options, map: map.map((value) => -value) })) + 1) < 1e-9);
    }
  });

  it('is near 0 for a map that has nothing to do with it', async () => {
    const value = await muFidelity({ input, map: normals(144), score: sum, subsets: 1000 });
    assert.ok(Math.abs(value) < 0.35);
  });

  it('does not depend on the batch size, but on the seed', async () => {
    const map = normals(144);
    const run = (batchSize: number, seed = 1) => muFidelity({ input, map, score: sum, batchSize, seed });
    assert.equal(await run(1), await run(7));
    assert.equal(await run(1), await run(500));
    assert.notEqual(await run(7), await run(7, 2));
  });

  it('has no value for a constant score', async () => {
    const flat: ScoreInputs = (_, count) => new Float64Array(count);
    assert.ok(Number.isNaN(await muFidelity({ input, map: input.values, score: flat })));
  });
});

describe('infidelity', () => {
  const weights = normals(30);
  const product = (a: Float32Array, b: Float32Array): number =>
    a.reduce((sum, value, i) => sum + value * b[i], 0);
  const perturbations = Array.from({ length: 50 }, () => normals(30));
  const falls = perturbations.map((own) => product(own, weights));

  it('is 0 for the gradient of a linear model', () => {
    assert.ok(
      infidelity(
        perturbations.map((own) => product(own, weights)),
        falls,
      ) < 1e-12,
    );
  });

  it('is the mean square of what the map misses; scaled, proportions count alone', () => {
    const half = falls.map((fall) => fall / 2);
    const expected = falls.reduce((sum, fall) => sum + (fall / 2) ** 2, 0) / falls.length;
    assert.ok(Math.abs(infidelity(half, falls) - expected) < 1e-12);
    assert.ok(infidelity(half, falls, { scaled: true }) < 1e-12);
    assert.equal(infidelity([0, 0], [1, 3], { scaled: true }), 5);
  });

  it('refuses lists of two lengths', () => {
    assert.throws(() => infidelity([1], [1, 2]), RangeError);
  });
});

describe('averageDrop', () => {
  it('averages drop, increase and gain', () => {
    const { drop, increase, gain } = averageDrop([0.8, 0.5], [0.4, 0.75]);
    assert.ok(Math.abs(drop - 0.25) < 1e-15);
    assert.equal(increase, 0.5);
    assert.ok(Math.abs(gain - 0.25) < 1e-15);
    assert.deepEqual(averageDrop([0.5], [0.5]), { drop: 0, increase: 0, gain: 0 });
    assert.throws(() => averageDrop([1], [0.5]), RangeError);
  });
});

describe('maxSensitivity', () => {
  it('is the largest relative change', () => {
    const map = [3, 4];
    assert.equal(maxSensitivity(map, [[3, 4]]), 0);
    assert.equal(
      maxSensitivity(map, [
        [3, 4],
        [3, 3],
        [6, 8],
      ]),
      1,
    );
    assert.ok(Number.isNaN(maxSensitivity([0, 0], [[1, 1]])));
  });
});
