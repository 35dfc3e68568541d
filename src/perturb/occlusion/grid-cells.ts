import { gridBoundaries } from '../../image/grid-boundaries.js';
import type { Occlusion } from './occlusion.js';

/**
 * The cells of a `rows` x `columns` grid over an image, row by row, named `r{row}_c{column}` from 0. The cells
 * partition the image: every pixel lies in exactly one. Boundaries equal those of the published Python tool.
 *
 * @throws Problem where the grid has a cell without a pixel.
 */
export function gridCells(width: number, height: number, rows: number, columns: number): Occlusion[] {
  const { x, y } = gridBoundaries(width, height, rows, columns);
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
