import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { segmentAreas } from '../../../src/image/superpixels/segmentation.js';
import { slic } from '../../../src/image/superpixels/slic/slic.js';
import { Problem } from '../../../src/problem.js';
import { discs, flat, noise, pieces } from './images.js';

const constant = flat(40, 30);

describe('slic', () => {
  for (const [name, image, segments, compactness] of [
    ['discs', discs(112, 112), 30, 20],
    ['discs, hardly compact', discs(61, 97), 40, 0.1],
    ['noise', noise(50, 41), 30, 20],
    ['noise, hardly compact', noise(50, 41), 30, 1],
    ['gray noise', noise(64, 20, 3, 1), 12, 20],
    ['one colour', constant, 12, 20],
    ['a strip', noise(200, 2), 10, 20],
    ['a column', noise(1, 90), 10, 20],
    ['as many segments as pixels', noise(4, 3), 12, 20],
    ['two pixels', noise(2, 1), 1, 20],
    ['one pixel', noise(1, 1), 1, 20],
  ] as const) {
    it(`cuts ${name} into connected segments, numbered without gaps`, () => {
      const segmentation = slic(image, { segments, compactness });
      assert.equal(segmentation.labels.length, image.width * image.height);
      assert.ok(segmentAreas(segmentation).every((area) => area > 0));
      assert.deepEqual(pieces(segmentation), new Array(segmentation.count).fill(1));
      assert.deepEqual(slic(image, { segments, compactness }), segmentation);
    });
  }

  it('gives the cells of a regular grid where there is only one colour', () => {
    const { labels, count } = slic(constant, { segments: 12 });
    assert.equal(count, 12);
    for (let pixel = 0; pixel < labels.length; pixel++) {
      const row = Math.floor(Math.floor(pixel / 40) / 10);
      const column = Math.floor((pixel % 40) / 10);
      // A pixel half-way between two centres belongs to the first of them.
      assert.ok(Math.abs(Math.floor(labels[pixel] / 4) - row) <= 1);
      assert.ok(Math.abs((labels[pixel] % 4) - column) <= 1);
    }
  });

  it('gives one segment where one is asked for', () => {
    assert.equal(slic(discs(30, 30), { segments: 1 }).count, 1);
  });

  it('follows the edges of discs', () => {
    const image = discs(112, 112);
    const { labels, count } = slic(image);
    const colours = Array.from({ length: count }, () => [0, 0, 0, 0]);
    const discColours = new Set(['200,40,40', '30,180,90', '240,230,60']);
    labels.forEach((label, pixel) => {
      const colour = image.data.subarray(3 * pixel, 3 * pixel + 3).join();
      const index = [...discColours].indexOf(colour);
      colours[label][index + 1]++;
    });
    // Nearly every pixel lies in a segment of which most has its own kind of colour.
    const own = colours.reduce((sum, kinds) => sum + Math.max(...kinds), 0);
    assert.ok(own / labels.length > 0.99, `${own / labels.length}`);
  });

  it('refuses what cannot be: more segments than pixels, none, half a segment, no compactness', () => {
    const image = noise(5, 4);
    assert.throws(() => slic(image, { segments: 21 }), {
      message:
        'segments 21: more than the 20 pixels of the image (5x4) (ask for fewer segments, or give a larger image)',
    });
    for (const segments of [0, -3, 2.5, NaN]) assert.throws(() => slic(image, { segments }), Problem);
    for (const compactness of [0, -1, NaN, Infinity]) {
      assert.throws(() => slic(image, { segments: 4, compactness }), Problem);
    }
  });
});
