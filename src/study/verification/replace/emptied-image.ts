import type { OpenCv } from '../../../image/opencv.js';
import type { RasterImage } from '../../../image/raster-image.js';
import { type Fill, paintFor } from '../../../perturb/occlusion/fill.js';

/** An image with every pixel filled: what is left when all is deleted. */
export function emptiedImage(cv: OpenCv, image: RasterImage, fill: Fill): RasterImage {
  const paint = paintFor(cv, image, fill);
  if (paint.kind === 'image') return paint.image;
  return { ...image, data: image.data.map((_, at) => paint.samples[at % image.channels]) };
}
