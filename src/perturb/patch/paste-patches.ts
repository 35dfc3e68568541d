import type { Box } from '../../image/geometry.js';
import type { RasterImage } from '../../image/raster-image.js';
import { Problem } from '../../problem.js';

/**
 * A copy of the image with patches of the donor at the same places. Neither of the two is changed.
 *
 * @param patches inside the image.
 * @throws Problem where the two differ in size or channels
 */
export function pastePatches(image: RasterImage, donor: RasterImage, patches: readonly Box[]): RasterImage {
  const { width, height, channels } = image;
  if (donor.width !== width || donor.height !== height || donor.channels !== channels) {
    throw new Problem(
      'patches',
      `the donor is ${donor.width}x${donor.height} with ${donor.channels} channels, the image ${width}x${height} with ${channels}`,
      'align both to the same crop',
    );
  }
  const data = image.data.slice();
  for (const { x, y, width: columns, height: rows } of patches) {
    for (let row = y; row < y + rows; row++) {
      const from = (row * width + x) * channels;
      const to = from + columns * channels;
      data.set(donor.data.subarray(from, to), from);
    }
  }
  return { width, height, channels, data };
}
