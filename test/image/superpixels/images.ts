import type { RasterImage } from '../../../src/image/raster-image.js';
import type { Segmentation } from '../../../src/image/superpixels/segmentation.js';
import { RandomState } from '../../../src/tensor/random.js';

/** An image of independent noise. */
export function noise(width: number, height: number, seed = 1, channels: 1 | 3 = 3): RasterImage {
  const random = new RandomState(seed);
  const data = Uint8Array.from(random.integers(0, 256, width * height * channels));
  return { width, height, channels, data };
}

/** Three discs of different colour on a ramp: edges, and areas of one colour. */
export function discs(width: number, height: number): RasterImage {
  const data = new Uint8Array(3 * width * height);
  const placed = [
    [0.3, 0.3, 0.2, 200, 40, 40],
    [0.7, 0.4, 0.15, 30, 180, 90],
    [0.5, 0.75, 0.2, 240, 230, 60],
  ] as const;
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const disc = placed.find(([cx, cy, r]) => Math.hypot(x / width - cx, y / height - cy) < r);
      data.set(disc?.slice(3) ?? [(255 * x) / width, (255 * y) / height, 120], 3 * pixel);
    }
  }
  return { width, height, channels: 3, data };
}

/** The number of 4-connected pieces of each segment. */
export function pieces({ width, labels, count }: Segmentation): number[] {
  const found = new Array<number>(count).fill(0);
  const seen = new Uint8Array(labels.length);
  for (let start = 0; start < labels.length; start++) {
    if (seen[start]) continue;
    found[labels[start]]++;
    const open = [start];
    seen[start] = 1;
    for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
      const column = pixel % width;
      const beside = [pixel - width, pixel + width];
      if (column > 0) beside.push(pixel - 1);
      if (column < width - 1) beside.push(pixel + 1);
      for (const other of beside) {
        if (labels[other] !== labels[start] || seen[other]) continue;
        seen[other] = 1;
        open.push(other);
      }
    }
  }
  return found;
}

/** An image of one colour. */
export function flat(width: number, height: number): RasterImage {
  return { width, height, channels: 3, data: new Uint8Array(3 * width * height).fill(77) };
}
