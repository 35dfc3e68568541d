import type { Tensor } from '../../tensor/tensor.js';

/** Side of the window in pixels. */
const WINDOW = 15;
/** Weight of the standard deviation. */
const K = 0.2;
/** "Dynamic range of the standard deviation": half the range -1..1 that scikit-image takes floating-point images to have. */
const R = 1;

/**
 * Sauvola's local threshold (Pattern Recognition 33(2), 2000): m (1 + k (s / R - 1)) with the mean m and the standard deviation
 * s of the 15x15 window about each pixel, k = 0.2, R = 1; the map is mirrored about its border pixels. As
 * `skimage.filters.threshold_sauvola`. R does not follow the map's values: a map in 0..1 and the same one ten times as large
 * have different masks.
 *
 * @param map of shape [height, width]
 * @returns a threshold a pixel
 */
export function sauvola({ data, shape }: Tensor): Float64Array {
  const [height, width] = shape as [number, number];
  const rows = mirrored(height);
  const columns = mirrored(width);
  const area = WINDOW ** 2;
  const sums = windowSums(data, width, rows, columns);
  const squareSums = windowSums(
    Float64Array.from(data, (value) => value * value),
    width,
    rows,
    columns,
  );
  return sums.map((sum, pixel) => {
    const mean = sum / area;
    const deviation = Math.sqrt(Math.max(squareSums[pixel] / area - mean * mean, 0));
    return mean * (1 + K * (deviation / R - 1));
  });
}

/** The index that stands at -7, -6, ..., length + 6: mirrored about the first and the last one. */
function mirrored(length: number): Int32Array {
  const half = (WINDOW - 1) / 2;
  const period = Math.max(2 * (length - 1), 1);
  return Int32Array.from({ length: length + 2 * half }, (_, i) => {
    const phase = (((i - half) % period) + period) % period;
    return phase < length ? phase : period - phase;
  });
}

/** The sum of the window about each pixel: along the rows, then along the columns. */
function windowSums(
  values: ArrayLike<number>,
  width: number,
  rows: Int32Array,
  columns: Int32Array,
): Float64Array {
  const height = rows.length - WINDOW + 1;
  const along = new Float64Array(height * width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let i = 0; i < WINDOW; i++) sum += values[y * width + columns[x + i]];
      along[y * width + x] = sum;
    }
  }
  const sums = new Float64Array(height * width);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < WINDOW; i++) {
      const from = rows[y + i] * width;
      for (let x = 0; x < width; x++) sums[y * width + x] += along[from + x];
    }
  }
  return sums;
}
