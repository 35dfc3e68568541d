import type { RasterImage } from '../../../image/raster-image.js';

/**
 * A summed-area table of an RGB image, from which any part can be averaged down to any size at the same cost a pixel
 * (Crow, "Summed-area tables for texture mapping", SIGGRAPH 1984).
 */
export class SummedArea {
  readonly width: number;
  readonly height: number;
  /** [height + 1, width + 1, 3]; sums wrap at 2^32, and so do their differences, which are therefore right. */
  readonly #sums: Int32Array;

  /** Elements of the table of an image. */
  static lengthFor({ width, height }: { readonly width: number; readonly height: number }): number {
    return (height + 1) * (width + 1) * 3;
  }

  /** @param sums `lengthFor` elements, which may hold anything and belong to the table from now on */
  constructor(image: RasterImage, sums = new Int32Array(SummedArea.lengthFor(image))) {
    const { width, height, data } = image;
    this.width = width;
    this.height = height;
    const stride = (width + 1) * 3;
    sums.fill(0, 0, stride);
    for (let y = 0; y < height; y++) {
      sums.fill(0, (y + 1) * stride, (y + 1) * stride + 3);
      let red = 0;
      let green = 0;
      let blue = 0;
      let from = y * width * 3;
      let to = (y + 1) * stride + 3;
      for (let x = 0; x < width; x++, from += 3, to += 3) {
        red += data[from];
        green += data[from + 1];
        blue += data[from + 2];
        sums[to] = sums[to - stride] + red;
        sums[to + 1] = sums[to + 1 - stride] + green;
        sums[to + 2] = sums[to + 2 - stride] + blue;
      }
    }
    this.#sums = sums;
  }

  /**
   * Averages the pixels [left, right) x [top, bottom) down (or repeats them up) to columns x rows, each cell the mean of
   * [floor(i n / cells), ceil((i + 1) n / cells)): PyTorch's adaptive average pooling, on which the MTCNN reference
   * relies. Writes (mean - 127.5) / 128 for R, G, B of each cell, column by column: the networks of the zoo
   * were trained on transposed images.
   */
  writePooled(
    part: { left: number; top: number; right: number; bottom: number },
    columns: number,
    rows: number,
    target: Float32Array,
    offset: number,
  ): void {
    const sums = this.#sums;
    const stride = (this.width + 1) * 3;
    const across = cellBounds(part.left, part.right, columns, 3);
    const down = cellBounds(part.top, part.bottom, rows, stride);
    const { fround } = Math;
    // In strips of a few columns: the table is read along its rows and the cells are written along their columns, and
    // what is touched on the way stays in the cache.
    for (let first = 0; first < columns; first += STRIP) {
      const last = Math.min(first + STRIP, columns);
      for (let row = 0; row < rows; row++) {
        const top = down[2 * row];
        const bottom = down[2 * row + 1];
        const high = (bottom - top) / stride;
        let to = offset + (first * rows + row) * 3;
        for (let column = first; column < last; column++, to += rows * 3) {
          const left = across[2 * column];
          const right = across[2 * column + 1];
          const count = (high * (right - left)) / 3;
          const a = top + left;
          const b = top + right;
          const c = bottom + left;
          const d = bottom + right;
          const red = (sums[d] - sums[c] - sums[b] + sums[a]) >>> 0;
          const green = (sums[d + 1] - sums[c + 1] - sums[b + 1] + sums[a + 1]) >>> 0;
          const blue = (sums[d + 2] - sums[c + 2] - sums[b + 2] + sums[a + 2]) >>> 0;
          target[to] = (fround(red / count) - 127.5) * 0.0078125;
          target[to + 1] = (fround(green / count) - 127.5) * 0.0078125;
          target[to + 2] = (fround(blue / count) - 127.5) * 0.0078125;
        }
      }
    }
  }
}

/** Columns of cells that are averaged side by side. */
const STRIP = 16;

/** First and after-last element of each of `cells` parts of [from, to), which overlap by one where they do not come out even. */
function cellBounds(from: number, to: number, cells: number, step: number): Int32Array {
  const bounds = new Int32Array(2 * cells);
  const length = to - from;
  for (let cell = 0; cell < cells; cell++) {
    bounds[2 * cell] = (from + Math.floor((cell * length) / cells)) * step;
    bounds[2 * cell + 1] = (from + Math.ceil(((cell + 1) * length) / cells)) * step;
  }
  return bounds;
}
