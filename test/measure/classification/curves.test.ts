import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { precisionRecallCurve } from '../../../src/measure/classification/precision-recall-curve.js';
import { rocAreaInterval } from '../../../src/measure/classification/roc-area-interval.js';
import { RandomState } from '../../../src/tensor/random.js';

describe('precisionRecallCurve', () => {
  it('has the points that are counted by hand', () => {
    // scikit-learn's example: y = [0, 0, 1, 1], scores = [0.1, 0.4, 0.35, 0.8]; average precision 0.83333.
    const curve = precisionRecallCurve([0.35, 0.8], [0.1, 0.4]);
    assert.deepEqual([...curve.threshold], [0.8, 0.4, 0.35, 0.1]);
    assert.deepEqual([...curve.precision], [1, 1 / 2, 2 / 3, 1 / 2]);
    assert.deepEqual([...curve.recall], [0.5, 0.5, 1, 1]);
    assert(Math.abs(curve.averagePrecision - 5 / 6) < 1e-12);
  });

  it('makes one point of equal scores', () => {
    const curve = precisionRecallCurve([0.5, 0.5], [0.5]);
    assert.deepEqual([...curve.precision], [2 / 3]);
    assert.equal(curve.averagePrecision, 2 / 3);
  });

  it('refuses a class without images', () => {
    assert.throws(() => precisionRecallCurve([], [0.5]), RangeError);
    assert.throws(() => precisionRecallCurve([Number.NaN], []), RangeError);
  });
});

describe('rocAreaInterval', () => {
  it('has the variance of DeLong by hand', () => {
    // Shares below each positive: 1/2 and 1 (area 3/4, variance 1/8); above each negative: 1 and 1/2.
    const { low, high } = rocAreaInterval([0.35, 0.8], [0.1, 0.4])!;
    const half = (1.959963984540054 * Math.sqrt(1 / 16 + 1 / 16)) / (3 / 16);
    const inverse = (value: number) => 1 / (1 + Math.exp(-value));
    assert(Math.abs(low - inverse(Math.log(3) - half)) < 1e-9);
    assert(Math.abs(high - inverse(Math.log(3) + half)) < 1e-9);
  });

  it('covers the true area about as often as it says', () => {
    const random = new RandomState(7);
    // Two normals one deviation apart: the area is Phi(1 / sqrt 2).
    const truth = 0.7602499389065233;
    let covered = 0;
    for (let round = 0; round < 400; round++) {
      const positives = Array.from({ length: 40 }, () => random.normal() + 1);
      const negatives = Array.from({ length: 40 }, () => random.normal());
      const { low, high } = rocAreaInterval(positives, negatives)!;
      if (low <= truth && truth <= high) covered++;
    }
    assert(covered >= 368 && covered <= 394, `${covered} of 400`);
  });

  it('has none where nothing tells the spread', () => {
    assert.equal(rocAreaInterval([1, 2], [0, 0.5]), undefined);
    assert.equal(rocAreaInterval([1], [0, 2]), undefined);
  });
});
