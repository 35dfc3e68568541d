import type { Box } from '../../image/geometry.js';
import type { GridMatrix } from './grid-matrix.js';

/**
 * The matrices of the published Python tool (occlusion_heatmaps_builder b6d8c4c, systems.md 0.3), for
 * `--compat upstream`. They round every region to cells and take its unscaled landmarks, so what they draw is not what
 * was occluded; faceprobe's own heat maps draw the footprints instead.
 */

/** Each cell as 2 x 2 cells of the same value. */
export function refineGrid({ rows, columns, values }: GridMatrix): GridMatrix {
  const refined = { rows: 2 * rows, columns: 2 * columns, values: new Float64Array(4 * values.length) };
  for (let row = 0; row < refined.rows; row++) {
    for (let column = 0; column < refined.columns; column++) {
      refined.values[row * refined.columns + column] = values[(row >> 1) * columns + (column >> 1)]!;
    }
  }
  return refined;
}

/** A region's value, and the bounding box of its landmarks, from the smallest to the largest coordinate. */
export interface RegionValue {
  readonly bounds: Box;
  readonly value: number;
}

/**
 * The value of every cell that a region's bounding box touches, at least one cell a region; the mean where regions
 * meet, NaN where there is none.
 */
export function regionMatrix(
  regions: readonly RegionValue[],
  rows: number,
  columns: number,
  width: number,
  height: number,
): GridMatrix {
  const sums = new Float64Array(rows * columns);
  const counts = new Uint32Array(rows * columns);
  for (const { bounds, value } of regions) {
    const [top, bottom] = touchedCells(bounds.y, bounds.height, height / rows, rows);
    const [left, right] = touchedCells(bounds.x, bounds.width, width / columns, columns);
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        sums[row * columns + column] += value;
        counts[row * columns + column]++;
      }
    }
  }
  return { rows, columns, values: sums.map((sum, at) => (counts[at] === 0 ? Number.NaN : sum / counts[at])) };
}

function touchedCells(
  start: number,
  length: number,
  cell: number,
  count: number,
): [first: number, end: number] {
  const first = Math.min(Math.max(Math.floor(start / cell), 0), count - 1);
  const end = Math.min(Math.max(Math.ceil((start + length) / cell), first + 1), count);
  return [first, end];
}

/**
 * Half grid and half region where the region value is above 0, the grid alone elsewhere. As upstream, a region with a
 * score of exactly 0 is not seen.
 */
export function compositeMatrix(grid: GridMatrix, regions: GridMatrix): GridMatrix {
  const values = grid.values.map((value, at) => {
    const region = regions.values[at];
    return region > 0 ? 0.5 * value + 0.5 * region : value;
  });
  return { ...grid, values };
}
