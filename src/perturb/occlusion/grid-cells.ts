import { Problem } from '../../problem.js';
import type { Occlusion } from './occlusion.js';

/**
 * The cells of a `rows` x `columns` grid over an image, row by row, named `r{row}_c{column}` from 0. The cells
 * partition the image: every pixel lies in exactly one. Boundaries are i * length / count, rounded half to even as
 * Python rounds them (systems.md 0.2), so that the cells equal those of the published Python tool.
 *
 * @throws Problem where the grid has a cell without a pixel.
 */
export function gridCells(width: number, height: number, rows: number, columns: number): Occlusion[] {
  const y = boundaries(height, rows, 'rows', 'high');
  const x = boundaries(width, columns, 'columns', 'wide');
  const cells: Occlusion[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const box = {
        x: x[column],
        y: y[row],
        width: x[column + 1] - x[column],
        height: y[row + 1] - y[row],
      };
      cells.push({ name: `r${row}_c${column}`, kind: 'grid', footprint: { shape: 'boxes', boxes: [box] } });
    }
  }
  return cells;
}

function boundaries(length: number, count: number, what: string, dimension: string): number[] {
  if (!Number.isInteger(count) || count < 1) {
    throw new Problem(`grid ${what} ${count}`, 'not a whole number of at least 1');
  }
  if (count > length) {
    throw new Problem(
      `grid ${what} ${count}`,
      `more than there are pixels, the image is ${length} pixels ${dimension}`,
      `give at most ${length} ${what}`,
    );
  }
  return Array.from({ length: count + 1 }, (_, i) => roundHalfToEven((i * length) / count));
}

/** Python's `round`: 2.5 becomes 2 and 3.5 becomes 4. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
