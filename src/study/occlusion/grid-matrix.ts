import { Problem } from '../../problem.js';

/** One number a grid cell. */
export interface GridMatrix {
  readonly rows: number;
  readonly columns: number;
  /** `rows * columns` values, row by row; NaN where the cell has none. */
  readonly values: Float64Array;
}

/** The value of one cell, counted from 0. */
export interface CellValue {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/**
 * Puts cell values into a matrix. Without `shape` it is as large as the largest row and column ask for, which cannot
 * tell a missing last row from a smaller grid: give the shape where it is known.
 *
 * @throws Problem where a cell lies outside the shape.
 */
export function gridMatrix(
  cells: readonly CellValue[],
  shape?: { readonly rows: number; readonly columns: number },
): GridMatrix {
  const rows = shape?.rows ?? 1 + Math.max(-1, ...cells.map(({ row }) => row));
  const columns = shape?.columns ?? 1 + Math.max(-1, ...cells.map(({ column }) => column));
  const values = new Float64Array(rows * columns).fill(Number.NaN);
  for (const { row, column, value } of cells) {
    if (row >= rows || column >= columns) {
      throw new Problem(`cell r${row}_c${column}`, `outside the grid of ${rows} x ${columns} cells`);
    }
    values[row * columns + column] = value;
  }
  return { rows, columns, values };
}

/** The names of the cells without a value, row by row. */
export function missingCells({ columns, values }: GridMatrix): string[] {
  return Array.from(values.keys())
    .filter((at) => Number.isNaN(values[at]))
    .map((at) => `r${Math.floor(at / columns)}_c${at % columns}`);
}
