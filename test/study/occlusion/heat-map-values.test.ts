import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coverMean } from '../../../src/perturb/occlusion/cover-mean.js';
import { Problem } from '../../../src/problem.js';
import { compositeMap } from '../../../src/study/occlusion/composite-map.js';
import { gridMatrix, missingCells } from '../../../src/study/occlusion/grid-matrix.js';
import { displayedValue, rawValue } from '../../../src/study/occlusion/heat-map-mode.js';

describe('heat map modes', () => {
  it('occluded stores and draws the score itself', () => {
    assert.equal(rawValue(0.2, 0.9, 'occluded'), 0.2);
    assert.equal(displayedValue(0.2, 'occluded'), 0.2);
  });

  it('diff stores regular - occluded with its sign and draws it without', () => {
    assert.equal(rawValue(0.75, 0.5, 'diff'), -0.25);
    assert.equal(displayedValue(-0.25, 'diff'), 0.25);
  });
});

describe('gridMatrix', () => {
  it('leaves a missing cell NaN and names it', () => {
    const matrix = gridMatrix([
      { row: 0, column: 0, value: 0 },
      { row: 1, column: 2, value: 0.5 },
      { row: 0, column: 1, value: -1 },
      { row: 1, column: 0, value: 2 },
    ]);
    assert.deepEqual([matrix.rows, matrix.columns], [2, 3]);
    assert.deepEqual(Array.from(matrix.values), [0, -1, Number.NaN, 2, Number.NaN, 0.5]);
    assert.deepEqual(missingCells(matrix), ['r0_c2', 'r1_c1']);
  });

  it('takes a given shape, so that a missing last row is seen', () => {
    const matrix = gridMatrix([{ row: 0, column: 0, value: 1 }], { rows: 2, columns: 1 });
    assert.deepEqual(missingCells(matrix), ['r1_c0']);
    assert.throws(() => gridMatrix([{ row: 2, column: 0, value: 1 }], { rows: 2, columns: 1 }), Problem);
  });

  it('is empty without cells', () => {
    assert.deepEqual(gridMatrix([]), { rows: 0, columns: 0, values: new Float64Array() });
  });
});

describe('compositeMap', () => {
  // Four pixels in a row; the grid has two cells, and a region covers the middle.
  const cells = [Int32Array.of(0, 0, 2), Int32Array.of(0, 2, 4)];
  const region = [Int32Array.of(0, 1, 3)];

  it('is half grid and half region where the region was hidden, the grid elsewhere', () => {
    const composite = compositeMap(coverMean(cells, [0.25, 0.75], 4, 1), coverMean(region, [0.5], 4, 1));
    assert.deepEqual(composite, Float32Array.of(0.25, 0.375, 0.625, 0.75));
  });

  it('does not drop a region whose score is exactly 0', () => {
    const composite = compositeMap(coverMean(cells, [0.5, 1], 4, 1), coverMean(region, [0], 4, 1));
    assert.deepEqual(composite, Float32Array.of(0.5, 0.25, 0.5, 1));
  });

  it('has no value where the cell has none', () => {
    const composite = compositeMap(coverMean(cells, [Number.NaN, 1], 4, 1), coverMean(region, [0.5], 4, 1));
    assert.deepEqual(composite, Float32Array.of(Number.NaN, Number.NaN, 0.75, 1));
  });
});
