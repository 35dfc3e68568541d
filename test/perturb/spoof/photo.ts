import { blankImage, type RasterImage } from '../../../src/image/raster-image.js';
import { RandomState } from '../../../src/tensor/random.js';

/** A smooth coloured picture with a little noise and a bright disc, in the place of a face. */
export function photo(width = 96, height = 80, channels: 1 | 3 = 3): RasterImage {
  const image = blankImage(width, height, channels);
  const random = new RandomState(11);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const disc = Math.hypot(x - width / 2, y - height / 2) < height / 3 ? 60 : 0;
      for (let channel = 0; channel < channels; channel++, at++) {
        const wave = 30 * Math.sin((x * (channel + 1) + 2 * y) / 17);
        image.data[at] = 90 + wave + disc + random.integer(0, 9);
      }
    }
  }
  return image;
}
