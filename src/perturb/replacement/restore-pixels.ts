import type { RasterImage } from '../../image/raster-image.js';

/**
 * A copy of the image with the given pixels, all channels, put back from the original.
 *
 * @param original of the same size and channels.
 * @param pixels indices, row by row.
 */
export function restorePixels(image: RasterImage, original: RasterImage, pixels: Int32Array): RasterImage {
  const { width, height, channels } = image;
  if (original.width !== width || original.height !== height || original.channels !== channels) {
    throw new RangeError('The image and its original differ in size.');
  }
  const data = image.data.slice();
  for (const pixel of pixels) {
    for (let at = pixel * channels; at < (pixel + 1) * channels; at++) data[at] = original.data[at];
  }
  return { width, height, channels, data };
}
