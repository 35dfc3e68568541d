import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coverMean } from '../../../src/perturb/occlusion/cover-mean.js';

/** Runs in an image 4 wide and 2 high: the upper row, and the middle of both rows. */
const upper = Int32Array.of(0, 0, 4);
const middle = Int32Array.of(0, 1, 3, 1, 1, 3);

describe('coverMean', () => {
  it('divides the sum of the values that cover a pixel by their number', () => {
    const map = coverMean([upper, middle], [1, 4], 4, 2);
    assert.deepEqual(Array.from(map.data), [1, 2.5, 2.5, 1, 0, 4, 4, 0]);
    assert.deepEqual(Array.from(map.cover), [1, 2, 2, 1, 0, 1, 1, 0]);
  });

  it('keeps the sign, and tells a value of 0 from "never covered"', () => {
    const map = coverMean([upper, middle], [-3, 0], 4, 2);
    assert.deepEqual(Array.from(map.data), [-3, -1.5, -1.5, -3, 0, 0, 0, 0]);
    assert.deepEqual(Array.from(map.cover.subarray(4)), [0, 1, 1, 0]);
  });

  it('lets an occlusion without a value cover nothing', () => {
    const map = coverMean([upper, middle], [Number.NaN, 4], 4, 2);
    assert.deepEqual(Array.from(map.data), [0, 4, 4, 0, 0, 4, 4, 0]);
    assert.deepEqual(Array.from(map.cover), [0, 1, 1, 0, 0, 1, 1, 0]);
  });
});
