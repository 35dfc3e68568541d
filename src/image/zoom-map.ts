import type { Tensor } from '../tensor/tensor.js';

/**
 * Resizes a map of shape [height, width] by bilinear interpolation with aligned corners: the centres of the corner pixels
 * stay where they are, as in `scipy.ndimage.zoom` of order 1. `resizeMap` aligns the borders of the image instead.
 */
export function zoomMap({ data, shape: [rows, columns] }: Tensor, width: number, height: number): Tensor {
  const across = cornersAligned(columns, width);
  const down = cornersAligned(rows, height);
  const zoomed = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [down.before[y] * columns, down.after[y] * columns];
    for (let x = 0; x < width; x++) {
      const [left, right, share] = [across.before[x], across.after[x], across.share[x]];
      const above = data[top + left] * (1 - share) + data[top + right] * share;
      const below = data[bottom + left] * (1 - share) + data[bottom + right] * share;
      zoomed[y * width + x] = above * (1 - down.share[y]) + below * down.share[y];
    }
  }
  return { data: zoomed, shape: [height, width] };
}

/** For each new place, the two old ones around it and the share of the second. */
function cornersAligned(
  from: number,
  to: number,
): { before: Int32Array; after: Int32Array; share: Float64Array } {
  const scale = to === 1 ? 0 : (from - 1) / (to - 1);
  const places = Float64Array.from({ length: to }, (_, at) => at * scale);
  const before = Int32Array.from(places, (place) => Math.min(from - 1, Math.floor(place)));
  return {
    before,
    after: before.map((place) => Math.min(from - 1, place + 1)),
    share: places.map((place, at) => place - before[at]),
  };
}
