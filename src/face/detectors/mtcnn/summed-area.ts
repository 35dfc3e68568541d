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

  constructor(image: RasterImage) {
    const { width, height, data } = image;
    this.width = width;
    this.height = height;
    const stride = (width + 1) * 3;
    const sums = new Int32Array((height + 1) * stride);
    for (let y = 0; y < height; y++) {
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
    const wide = part.right - part.left;
    const high = part.bottom - part.top;
    const { fround, floor, ceil } = Math;
    let to = offset;
    for (let column = 0; column < columns; column++) {
      const x0 = part.left + floor((column * wide) / columns);
      const x1 = part.left + ceil(((column + 1) * wide) / columns);
      for (let row = 0; row < rows; row++, to += 3) {
        const y0 = part.top + floor((row * high) / rows);
        const y1 = part.top + ceil(((row + 1) * high) / rows);
        const count = (x1 - x0) * (y1 - y0);
        const topLeft = y0 * stride + x0 * 3;
        const topRight = y0 * stride + x1 * 3;
        const bottomLeft = y1 * stride + x0 * 3;
        const bottomRight = y1 * stride + x1 * 3;
        for (let channel = 0; channel < 3; channel++) {
          const sum =
            (sums[bottomRight + channel] -
              sums[bottomLeft + channel] -
              sums[topRight + channel] +
              sums[topLeft + channel]) >>>
            0;
          target[to + channel] = (fround(sum / count) - 127.5) * 0.0078125;
        }
      }
    }
  }
}
