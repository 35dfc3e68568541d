import { gridBoundaries } from '../grid-boundaries.js';
import type { Segmentation } from './segmentation.js';

export interface GridOptions {
  /** Default 6. */
  readonly rows?: number | undefined;
  /** Default 5. */
  readonly columns?: number | undefined;
}

/**
 * The cells of a grid, row by row, whatever the image shows: the segments to compare superpixels with. They are the cells
 * that `occlude` hides.
 *
 * @throws Problem where the grid has a cell without a pixel
 */
export function grid(
  { width, height }: { readonly width: number; readonly height: number },
  options: GridOptions = {},
): Segmentation {
  const { rows = 6, columns = 5 } = options;
  const { x, y } = gridBoundaries(width, height, rows, columns);
  const labels = new Int32Array(width * height);
  for (let row = 0; row < rows; row++) {
    for (let line = y[row]; line < y[row + 1]; line++) {
      for (let column = 0; column < columns; column++) {
        labels.fill(row * columns + column, line * width + x[column], line * width + x[column + 1]);
      }
    }
  }
  return { width, height, labels, count: rows * columns };
}
