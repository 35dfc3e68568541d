import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConditionalMean } from '../../../src/explain/rise/conditional-mean.js';
import { RandomState } from '../../../src/tensor/random.js';

const places = 6;

function sample(random: RandomState, count: number) {
  const masks = Array.from({ length: count }, () =>
    Float64Array.from({ length: places }, () => random.random()),
  );
  const targets = masks.map((mask) => 5 + mask[0] - 2 * mask[1] * mask[2] + 0.1 * random.normal());
  const mean = new ConditionalMean(places);
  masks.forEach((mask, i) => mean.add(mask, targets[i]));
  return { masks, targets, mean };
}

describe('mean of a target where a place is shown', () => {
  it('equals the ratio of sums, and its standard error that of two passes, to 1e-12', () => {
    const { masks, targets, mean } = sample(new RandomState(1), 50);
    for (let place = 0; place < places; place++) {
      const cover = masks.reduce((sum, mask) => sum + mask[place], 0);
      const ratio = masks.reduce((sum, mask, i) => sum + mask[place] * targets[i], 0) / cover;
      const squares = masks.reduce((sum, mask, i) => sum + (mask[place] * (targets[i] - ratio)) ** 2, 0);
      assert.ok(Math.abs(mean.means()[place] - ratio) < 1e-12);
      assert.ok(Math.abs(mean.standardErrors()[place] - Math.sqrt(squares) / cover) < 1e-12);
    }
  });

  it('claims standard errors that are the spread over repeats', () => {
    const repeats = 500;
    const random = new RandomState(2);
    const [sums, squares, claimed] = [1, 2, 3].map(() => new Float64Array(places));
    for (let repeat = 0; repeat < repeats; repeat++) {
      const { mean } = sample(random, 100);
      const errors = mean.standardErrors();
      mean.means().forEach((value, place) => {
        sums[place] += value;
        squares[place] += value * value;
        claimed[place] += errors[place] ** 2;
      });
    }
    claimed.forEach((claim, place) => {
      const ratio = Math.sqrt(claim / (squares[place] - sums[place] ** 2 / repeats));
      assert.ok(Math.abs(ratio - 1) < 0.1, `${ratio}`);
    });
  });

  it('has no value where a place was never shown', () => {
    const mean = new ConditionalMean(2);
    mean.add([1, 0], 3);
    assert.deepEqual([...mean.means()], [3, NaN]);
  });
});
