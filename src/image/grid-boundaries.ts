import { Problem } from '../problem.js';
import { roundHalfToEven } from '../tensor/round-half-to-even.js';

/**
 * Where the rows and columns of a grid over an image begin, and where the last ones end: i * length / count, rounded half
 * to even as Python rounds them (systems.md 0.2).
 *
 * @returns `rows + 1` values of y from 0 to `height`, `columns + 1` values of x from 0 to `width`, rising
 * @throws Problem where the grid has a cell without a pixel
 */
export function gridBoundaries(
  width: number,
  height: number,
  rows: number,
  columns: number,
): { readonly x: number[]; readonly y: number[] } {
  return {
    y: boundaries(height, rows, 'rows', 'high'),
    x: boundaries(width, columns, 'columns', 'wide'),
  };
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
