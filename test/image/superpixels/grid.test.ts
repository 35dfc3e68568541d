import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { grid } from '../../../src/image/superpixels/grid.js';
import { segmentAreas } from '../../../src/image/superpixels/segmentation.js';
import { pieces } from './images.js';

describe('grid', () => {
  it('cuts an image into rectangles, row by row, with boundaries rounded half to even', () => {
    // 10 / 4: 0, 2, 5, 8, 10 (systems.md 0.2); 6 / 3: 0, 2, 4, 6.
    const segmentation = grid({ width: 6, height: 10 }, { rows: 4, columns: 3 });
    assert.equal(segmentation.count, 12);
    assert.deepEqual([...segmentAreas(segmentation)], [4, 4, 4, 6, 6, 6, 6, 6, 6, 4, 4, 4]);
    assert.deepEqual([...segmentation.labels.subarray(12, 18)], [3, 3, 4, 4, 5, 5]);
    assert.deepEqual(pieces(segmentation), new Array(12).fill(1));
  });

  it('has 30 cells if nothing is said, and one where one is asked for', () => {
    assert.equal(grid({ width: 112, height: 112 }).count, 30);
    assert.ok(grid({ width: 9, height: 7 }, { rows: 1, columns: 1 }).labels.every((label) => label === 0));
  });

  it('refuses more rows or columns than pixels', () => {
    assert.throws(() => grid({ width: 9, height: 3 }, { rows: 4, columns: 3 }), {
      message: 'grid rows 4: more than there are pixels, the image is 3 pixels high (give at most 3 rows)',
    });
  });
});
