import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import { resize } from '../../image/resize.js';

/**
 * An image in the size that is asked for, if one is: shrunk by area, enlarged by cubic interpolation, what OpenCV's
 * documentation recommends for each.
 */
export function fitSize(
  cv: OpenCv,
  image: RasterImage,
  size: { readonly width: number; readonly height: number } | undefined,
): RasterImage {
  if (size === undefined || (size.width === image.width && size.height === image.height)) return image;
  const shrinks = size.width * size.height <= image.width * image.height;
  return resize(cv, image, size.width, size.height, shrinks ? 'area' : 'cubic');
}
