import type { OpenCv } from '../image/opencv.js';
import type { RasterImage } from '../image/raster-image.js';
import { type Interpolation, resize } from '../image/resize.js';
import type { CardInput } from './card.js';

/** An image in the size that the network takes, by the card's interpolation. */
export function resizeToInput(cv: OpenCv, input: CardInput, image: RasterImage): RasterImage {
  const [width, height] = [input.width ?? image.width, input.height ?? image.height];
  if (image.width === width && image.height === height) return image;
  return resize(cv, image, width, height, interpolation(input, image, width * height));
}

function interpolation(input: CardInput, image: RasterImage, pixels: number): Interpolation {
  if (input.resize !== 'area-or-lanczos4') return input.resize;
  return image.width * image.height > pixels ? 'area' : 'lanczos4';
}
