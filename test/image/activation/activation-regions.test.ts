import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { activationRegions } from '../../../src/image/activation/activation-regions.js';
import { loadOpenCv } from '../../../src/image/opencv.js';
import { thresholdNames } from '../../../src/image/threshold/methods.js';
import { Problem } from '../../../src/problem.js';
import type { Tensor } from '../../../src/tensor/tensor.js';

/** A map from lines of digits. */
function mapOf(...lines: string[]): Tensor {
  return { data: Float32Array.from(lines.join(''), Number), shape: [lines.length, lines[0].length] };
}

const twoParts = mapOf('0000000000', '0900000000', '0090000000', '0000000000', '0000000080');

describe('activationRegions', async () => {
  const cv = await loadOpenCv();

  it('joins pixels that touch at a corner, in the order of their first pixels', () => {
    const { regions } = activationRegions(cv, twoParts);
    assert.deepEqual(regions, [
      { box: { x: 1, y: 1, width: 2, height: 2 }, area: 2, centroid: [1.5, 1.5] },
      { box: { x: 8, y: 4, width: 1, height: 1 }, area: 1, centroid: [8, 4] },
    ]);
  });

  it('gives boxes and centres in pixels of the image, without rounding', () => {
    const { regions } = activationRegions(cv, twoParts, { width: 25, height: 20 });
    assert.deepEqual(regions[0].box, { x: 2.5, y: 4, width: 5, height: 8 });
    // Two pixels of 2.5 x 4: the middle of the box [2.5, 7.5) is at 5, which is 4.5 where 0 is the centre of a pixel.
    assert.deepEqual(regions[0].centroid, [4.5, 7.5]);
  });

  it('leaves out small regions', () => {
    assert.equal(activationRegions(cv, twoParts, undefined, { minimumArea: 2 }).regions.length, 1);
    assert.equal(activationRegions(cv, twoParts, undefined, { minimumArea: 3 }).regions.length, 0);
  });

  it('finds the high half of two levels by every method of one threshold', () => {
    const map = mapOf('000000', '000000', '000777', '000777');
    for (const threshold of thresholdNames) {
      if (threshold === 'sauvola') continue;
      const { regions } = activationRegions(cv, map, undefined, { threshold });
      assert.deepEqual(
        regions.map(({ box }) => box),
        [{ x: 3, y: 2, width: 3, height: 2 }],
        threshold,
      );
    }
  });

  it('cuts at the percentile that is asked for and does not touch the map', () => {
    const map = mapOf('0123456789');
    const before = map.data.slice();
    assert.equal(activationRegions(cv, map).percentile, 8.1);
    assert.equal(activationRegions(cv, map, undefined, { percentile: 50 }).percentile, 4.5);
    assert.deepEqual(map.data, before);
  });

  it('has no region and no threshold for a constant map', () => {
    for (const threshold of thresholdNames) {
      const zeros = activationRegions(cv, mapOf('000', '000'), undefined, { threshold });
      assert.deepEqual(zeros, { regions: [], percentile: 0, threshold: undefined });
      assert.deepEqual(activationRegions(cv, mapOf('55', '55'), undefined, { threshold }).regions, []);
    }
  });

  it('refuses values that are not finite, and a percentile below 0', () => {
    const broken: Tensor = { data: Float32Array.of(0, Number.NaN, 1, 2), shape: [2, 2] };
    assert.throws(() => activationRegions(cv, broken), Problem);
    const negative: Tensor = { data: Float32Array.of(-4, -3, -2, -1), shape: [2, 2] };
    assert.throws(() => activationRegions(cv, negative), /90th percentile.*below 0/);
  });
});
