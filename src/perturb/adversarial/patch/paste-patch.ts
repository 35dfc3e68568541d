import type { RasterImage } from '../../../image/raster-image.js';

/** The pixel of an image that a patch's upper left corner lies on. */
export interface PatchCorner {
  readonly x: number;
  readonly y: number;
}

/**
 * A copy of the image with a patch on it.
 *
 * @throws RangeError where the patch does not lie within the image or has other channels
 */
export function pastePatch(image: RasterImage, patch: RasterImage, { x, y }: PatchCorner): RasterImage {
  const { width, height, channels } = image;
  if (patch.channels !== channels || x < 0 || y < 0 || x + patch.width > width || y + patch.height > height)
    throw new RangeError('The patch does not lie within the image.');
  const data = image.data.slice();
  const line = patch.width * channels;
  for (let row = 0; row < patch.height; row++)
    data.set(patch.data.subarray(row * line, (row + 1) * line), ((y + row) * width + x) * channels);
  return { ...image, data };
}
