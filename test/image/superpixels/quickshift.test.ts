import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { quickshift } from '../../../src/image/superpixels/quickshift/quickshift.js';
import { segmentAreas } from '../../../src/image/superpixels/segmentation.js';
import { Problem } from '../../../src/problem.js';
import { discs, flat, noise } from './images.js';

const plain = flat(20, 15);

describe('quickshift', () => {
  it('numbers segments without gaps in the order of their densest pixels, the same each time', () => {
    for (const image of [discs(60, 47), noise(30, 21), noise(30, 21, 2, 1), noise(40, 1), noise(1, 1)]) {
      const segmentation = quickshift(image, { kernelSize: 2, maxDistance: 5 });
      assert.equal(segmentation.labels.length, image.width * image.height);
      assert.ok(segmentAreas(segmentation).every((area) => area > 0));
      assert.deepEqual(quickshift(image, { kernelSize: 2, maxDistance: 5 }), segmentation);
    }
  });

  it('gives one segment where one window sees all of one colour', () => {
    assert.equal(quickshift(plain, { kernelSize: 7 }).count, 1);
    assert.equal(quickshift(noise(1, 1)).count, 1);
  });

  it('leaves every pixel alone where no link is short enough', () => {
    assert.equal(quickshift(plain, { maxDistance: 0.5 }).count, 300);
  });

  it('draws its ties from the seed', () => {
    const one = quickshift(plain, { kernelSize: 1, maxDistance: 10, seed: 1 });
    const other = quickshift(plain, { kernelSize: 1, maxDistance: 10, seed: 2 });
    assert.notDeepEqual(one.labels, other.labels);
  });

  it('keeps colours far apart in different segments', () => {
    const halves = { ...plain, data: plain.data.map((_, i) => (Math.floor(i / 3) % 20 < 10 ? 10 : 240)) };
    const { labels } = quickshift(halves, { ratio: 1, maxDistance: 50 });
    const left = new Set(labels.filter((_, pixel) => pixel % 20 < 10));
    assert.ok(labels.every((label, pixel) => pixel % 20 < 10 || !left.has(label)));
  });

  it('refuses options out of range', () => {
    for (const kernelSize of [0.5, NaN, Infinity])
      assert.throws(() => quickshift(plain, { kernelSize }), Problem);
    for (const ratio of [-0.1, 1.1, NaN]) assert.throws(() => quickshift(plain, { ratio }), Problem);
    for (const maxDistance of [-1, NaN]) assert.throws(() => quickshift(plain, { maxDistance }), Problem);
  });
});
