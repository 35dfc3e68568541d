import type { RasterImage } from '../../image/raster-image.js';
import type { Augmentation } from './augmentation.js';

export const brightness: Augmentation = {
  summary: 'lighter or darker; at most by this share of the range of samples',
  usual: 0.1,
  maximum: 1,
  apply(_cv, image, share, random) {
    const shift = 255 * random.uniform(-share, share);
    return mapped(image, (sample) => sample + shift);
  },
};

export const contrast: Augmentation = {
  summary: 'more or less contrast about the mean sample; the factor differs from 1 by at most this',
  usual: 0.1,
  maximum: 1,
  apply(_cv, image, share, random) {
    const factor = 1 + random.uniform(-share, share);
    const mean = image.data.reduce((sum, sample) => sum + sample, 0) / image.data.length;
    return mapped(image, (sample) => mean + factor * (sample - mean));
  },
};

export const noise: Augmentation = {
  summary:
    'normal noise in every sample; the standard deviation as a share of the range, drawn from 0 to this',
  usual: 0.02,
  maximum: 1,
  apply(_cv, image, share, random) {
    const spread = 255 * random.uniform(0, share);
    return mapped(image, (sample) => sample + spread * random.normal());
  },
};

/** Rounded, and held between 0 and 255. */
function mapped(image: RasterImage, change: (sample: number) => number): RasterImage {
  const data = new Uint8ClampedArray(image.data.length);
  for (let at = 0; at < data.length; at++) data[at] = change(image.data[at]);
  return { ...image, data: new Uint8Array(data.buffer) };
}
