import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { superpixelMethods } from '../../../src/image/superpixels/methods.js';
import { paintSegments, segmentAreas } from '../../../src/image/superpixels/segmentation.js';
import { discs } from './images.js';

const segmentation = { width: 3, height: 2, labels: Int32Array.of(0, 0, 2, 1, 2, 2), count: 3 };

describe('a segmentation', () => {
  it('has an area for each segment', () => {
    assert.deepEqual([...segmentAreas(segmentation)], [2, 1, 3]);
  });

  it('is painted with a value for each segment: a map, or a mask into a given array', () => {
    assert.deepEqual([...paintSegments(segmentation, [0.5, -1, 2])], [0.5, 0.5, 2, -1, 2, 2]);
    const mask = new Uint8Array(6).fill(9);
    assert.equal(paintSegments(segmentation, Uint8Array.of(1, 0, 1), mask), mask);
    assert.deepEqual([...mask], [1, 1, 1, 0, 1, 1]);
    assert.throws(() => paintSegments(segmentation, [1, 2]), RangeError);
    assert.throws(() => paintSegments(segmentation, [1, 2, 3], new Uint8Array(5)), RangeError);
  });
});

describe('the methods', () => {
  for (const [name, method] of Object.entries(superpixelMethods)) {
    it(`${name} gives every pixel one of its segments, and every segment a pixel`, () => {
      const { width, height, labels, count } = method.segment(discs(45, 38));
      assert.deepEqual([width, height, labels.length], [45, 38, 45 * 38]);
      assert.deepEqual(new Set(labels), new Set(Array.from({ length: count }, (_, label) => label)));
    });
  }
});
