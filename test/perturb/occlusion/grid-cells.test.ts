import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coverOf } from './cover-of.js';
import { gridCells } from '../../../src/perturb/occlusion/grid-cells.js';
import type { Occlusion } from '../../../src/perturb/occlusion/occlusion.js';
import { loadOpenCv } from '../../../src/image/opencv.js';
import { Problem } from '../../../src/problem.js';

function box({ footprint }: Occlusion) {
  assert(footprint.shape === 'boxes');
  return footprint.boxes[0];
}

/** Boundaries of the rows of a grid with one column. */
function rowBoundaries(height: number, rows: number): number[] {
  const cells = gridCells(1, height, rows, 1).map(box);
  return [...cells.map(({ y }) => y), cells.at(-1)!.y + cells.at(-1)!.height];
}

const cv = await loadOpenCv();

describe('gridCells', () => {
  it('rounds boundaries half to even, as the published tool does (systems.md 0.2)', () => {
    assert.deepEqual(rowBoundaries(30, 4), [0, 8, 15, 22, 30]);
    assert.deepEqual(rowBoundaries(50, 4), [0, 12, 25, 38, 50]);
    assert.deepEqual(rowBoundaries(10, 4), [0, 2, 5, 8, 10]);
    assert.deepEqual(rowBoundaries(224, 6), [0, 37, 75, 112, 149, 187, 224]);
    assert.deepEqual(rowBoundaries(112, 5), [0, 22, 45, 67, 90, 112]);
  });

  it('names cells by row and column from 0, row by row', () => {
    const cells = gridCells(9, 8, 2, 3);
    assert.deepEqual(
      cells.map(({ name }) => name),
      ['r0_c0', 'r0_c1', 'r0_c2', 'r1_c0', 'r1_c1', 'r1_c2'],
    );
    assert.deepEqual(box(cells[5]), { x: 6, y: 4, width: 3, height: 4 });
    assert.equal(cells[5].kind, 'grid');
  });

  it('partitions the image: every pixel lies in exactly one cell that is not empty', () => {
    for (let height = 1; height <= 33; height++) {
      for (let rows = 1; rows <= height; rows++) {
        const cells = gridCells(height + 5, height, rows, Math.max(1, rows - 1));
        assert(cells.every((cell) => box(cell).width > 0 && box(cell).height > 0));
        assert(coverOf(cv, cells, height + 5, height).every((count) => count === 1));
      }
    }
  });

  it('refuses cells without a pixel and counts that are none', () => {
    assert.throws(() => gridCells(8, 3, 4, 4), Problem);
    assert.throws(() => gridCells(3, 8, 4, 4), /at most 3 columns/);
    assert.throws(() => gridCells(8, 8, 0, 4), Problem);
    assert.throws(() => gridCells(8, 8, 4, 2.5), Problem);
  });
});
