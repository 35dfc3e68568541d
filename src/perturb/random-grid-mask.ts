import type { RandomState } from '../tensor/random.js';

export interface RandomGridOptions {
  /** Cells of the grid along each side. @default 7 */
  readonly cells?: number | undefined;
  /** Share of the cells that are shown, on average. @default 0.5 */
  readonly shown?: number | undefined;
}

/** A coarse random grid and where the image lies on it. */
export interface RandomGrid {
  /** `cells * cells` values, 1 = shown. */
  readonly values: Uint8Array;
  /** Shift of the image in pixels of the enlarged grid. */
  readonly x: number;
  readonly y: number;
}

/** Smooth random masks of one size. */
export interface RandomGridMask {
  /** Draws the grid of the next mask: `random() < shown` cell after cell, then the shifts x and y. */
  draw(random: RandomState): RandomGrid;
  /** Writes a mask: opacities in 0..1, one a pixel, rows from the top. */
  write(grid: RandomGrid, into: Float32Array): void;
}

/**
 * The masks of RISE (Petsiuk, Das and Saenko, BMVC 2018, section 3.2): a grid of `cells` x `cells` random cells is enlarged
 * bilinearly to (cells + 1) times the cell's size, ceil(side / cells), and the image is laid on it at a random shift of
 * less than a cell.
 */
export function randomGridMask(
  width: number,
  height: number,
  options: RandomGridOptions = {},
): RandomGridMask {
  const { cells = 7, shown = 0.5 } = options;
  const [cellWidth, cellHeight] = [Math.ceil(width / cells), Math.ceil(height / cells)];
  const columns = enlargement(cells, cellWidth);
  const rows = enlargement(cells, cellHeight);
  const line = new Float32Array(cells);
  return {
    draw: (random) => ({
      values: Uint8Array.from({ length: cells * cells }, () => (random.random() < shown ? 1 : 0)),
      x: random.integer(0, cellWidth),
      y: random.integer(0, cellHeight),
    }),
    write({ values, x, y }, into) {
      for (let row = 0, at = 0; row < height; row++) {
        const [above, down] = [rows.cell[row + y] * cells, rows.share[row + y]];
        const below = Math.min(above + cells, (cells - 1) * cells);
        for (let cell = 0; cell < cells; cell++) {
          line[cell] = values[above + cell] * (1 - down) + values[below + cell] * down;
        }
        for (let column = x; column < x + width; column++, at++) {
          const left = columns.cell[column];
          const right = Math.min(left + 1, cells - 1);
          into[at] = line[left] + columns.share[column] * (line[right] - line[left]);
        }
      }
    },
  };
}

/** For each pixel of an enlarged line, the cell before it and the share of the next one; borders repeat. */
function enlargement(cells: number, size: number): { cell: Int32Array; share: Float32Array } {
  const length = (cells + 1) * size;
  const place = (pixel: number) => Math.min(cells - 1, Math.max(0, ((pixel + 0.5) * cells) / length - 0.5));
  return {
    cell: Int32Array.from({ length }, (_, pixel) => Math.floor(place(pixel))),
    share: Float32Array.from({ length }, (_, pixel) => place(pixel) % 1),
  };
}
