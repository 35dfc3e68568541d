import type { RasterImage } from './raster-image.js';

/** The samples of an image as numbers from 0 to 1, in its order. */
export function unitSamples({ data }: RasterImage): Float32Array {
  const unit = new Float32Array(data.length);
  for (let at = 0; at < data.length; at++) unit[at] = data[at] / 255;
  return unit;
}

/**
 * An image of samples from 0 to 1, rounded to the nearest of the 256 levels. What lies below 0 becomes 0, what lies
 * above 1 becomes 1, as a sensor or a file would have it; nothing wraps.
 */
export function imageFromUnit(
  unit: Float32Array,
  { width, height, channels }: Pick<RasterImage, 'width' | 'height' | 'channels'>,
): RasterImage {
  // A clamped array rounds half to even and holds what lies outside at its ends.
  const samples = new Uint8ClampedArray(unit.length);
  for (let at = 0; at < unit.length; at++) samples[at] = unit[at] * 255;
  return { width, height, channels, data: new Uint8Array(samples.buffer) };
}
