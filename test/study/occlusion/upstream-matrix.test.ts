import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Box } from '../../../src/image/geometry.js';
import { gridMatrix } from '../../../src/study/occlusion/grid-matrix.js';
import { compositeMatrix, refineGrid, regionMatrix } from '../../../src/study/occlusion/upstream-matrix.js';

const none = Number.NaN;

describe('refineGrid', () => {
  it('makes 2 x 2 cells of each', () => {
    const refined = refineGrid(
      gridMatrix([
        { row: 0, column: 0, value: 1 },
        { row: 0, column: 1, value: 2 },
      ]),
    );
    assert.deepEqual([refined.rows, refined.columns], [2, 4]);
    assert.deepEqual(Array.from(refined.values), [1, 1, 2, 2, 1, 1, 2, 2]);
  });
});

describe('regionMatrix', () => {
  /** Two rows of three cells of 10 x 10 pixels. */
  const cells = (...regions: { bounds: Box; value: number }[]) => regionMatrix(regions, 2, 3, 30, 20).values;

  it('fills every cell that a bounding box touches', () => {
    const bounds = { x: 9, y: 2, width: 5, height: 8 };
    assert.deepEqual(cells({ bounds, value: 0.5 }), Float64Array.of(0.5, 0.5, none, none, none, none));
  });

  it('takes the mean where regions meet', () => {
    const all = { x: 0, y: 0, width: 30, height: 20 };
    const first = { x: 1, y: 1, width: 5, height: 5 };
    assert.deepEqual(
      cells({ bounds: all, value: 1 }, { bounds: first, value: 0 }),
      Float64Array.of(0.5, 1, 1, 1, 1, 1),
    );
  });

  it('gives a region without extent, or outside the image, one cell', () => {
    const point = { x: 20, y: 10, width: 0, height: 0 };
    assert.deepEqual(cells({ bounds: point, value: 1 }), Float64Array.of(none, none, none, none, none, 1));
    const outside = { x: 40, y: -9, width: 5, height: 3 };
    assert.deepEqual(cells({ bounds: outside, value: 1 }), Float64Array.of(none, none, 1, none, none, none));
  });
});

describe('compositeMatrix', () => {
  it('mixes where the region value is above 0 and, as upstream, loses a score of exactly 0', () => {
    const matrix = (...values: number[]) => ({ rows: 1, columns: 3, values: Float64Array.from(values) });
    const composite = compositeMatrix(matrix(1, 0.5, 0.5), matrix(0.5, none, 0));
    assert.deepEqual(composite.values, Float64Array.of(0.75, 0.5, 0.5));
  });
});
