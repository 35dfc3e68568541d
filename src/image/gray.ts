import type { RasterImage } from './raster-image.js';

/**
 * Luma by ITU-R BT.601 in OpenCV's integers (`cvtColor`, `COLOR_RGB2GRAY`, 8 bits since OpenCV 4.0):
 * (9798 R + 19235 G + 3735 B + 16384) >> 15. A gray image is returned as it is.
 */
export function toGray(image: RasterImage): RasterImage {
  if (image.channels === 1) {
    return image;
  }
  const { width, height, data } = image;
  const gray = new Uint8Array(width * height);
  for (let pixel = 0, sample = 0; pixel < gray.length; pixel++, sample += 3) {
    const luma = 9798 * data[sample] + 19235 * data[sample + 1] + 3735 * data[sample + 2];
    gray[pixel] = (luma + 16384) >> 15;
  }
  return { width, height, channels: 1, data: gray };
}

/** Three equal channels; an image that has three already is returned as it is. */
export function toRgb(image: RasterImage): RasterImage {
  if (image.channels === 3) {
    return image;
  }
  const { width, height, data } = image;
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0, sample = 0; pixel < data.length; pixel++, sample += 3) {
    rgb.fill(data[pixel], sample, sample + 3);
  }
  return { width, height, channels: 3, data: rgb };
}
