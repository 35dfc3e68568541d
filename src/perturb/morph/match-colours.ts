import type { RasterImage } from '../../image/raster-image.js';

/**
 * The image with the mean and the standard deviation, channel by channel, that another image of the same size has inside
 * a mask (Reinhard et al., "Color transfer between images", IEEE CG&A 21(5), 2001, on R, G and B). The spread is changed
 * by a factor of at most 2, so that a flat face does not turn into noise.
 *
 * @param mask 1 where the statistics are taken, 0 elsewhere, row by row; at least one 1
 */
export function matchColours(image: RasterImage, like: RasterImage, mask: Uint8Array): RasterImage {
  const { channels } = image;
  const data = new Uint8ClampedArray(image.data.length);
  for (let channel = 0; channel < channels; channel++) {
    const own = statistics(image, channel, mask);
    const wanted = statistics(like, channel, mask);
    const ratio = own.deviation === 0 ? 1 : wanted.deviation / own.deviation;
    const factor = Math.min(Math.max(ratio, 0.5), 2);
    for (let at = channel; at < data.length; at += channels)
      data[at] = wanted.mean + factor * (image.data[at] - own.mean);
  }
  return { ...image, data: new Uint8Array(data.buffer) };
}

function statistics({ data, channels }: RasterImage, channel: number, mask: Uint8Array) {
  let [count, sum, squares] = [0, 0, 0];
  mask.forEach((inside, pixel) => {
    if (inside === 0) return;
    const sample = data[pixel * channels + channel];
    count++;
    sum += sample;
    squares += sample * sample;
  });
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}
