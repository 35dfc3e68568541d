import type { RasterImage } from './raster-image.js';

/** The light of an sRGB value (IEC 61966-2-1), both from 0 to 1. */
export function linearLight(value: number): number {
  return value > 0.04045 ? Math.pow((value + 0.055) / 1.055, 2.4) : value / 12.92;
}

/** The inverse of `linearLight`. */
export function gammaEncoded(light: number): number {
  return light > 0.0031308 ? 1.055 * Math.pow(light, 1 / 2.4) - 0.055 : 12.92 * light;
}

/** The light of every pixel from 0 to 1, one plane of `width * height` values a channel. */
export function lightPlanes({ data, channels }: RasterImage): Float32Array[] {
  const light = Float32Array.from({ length: 256 }, (_, sample) => linearLight(sample / 255));
  return Array.from({ length: channels }, (_, channel) => {
    const plane = new Float32Array(data.length / channels);
    for (let pixel = 0; pixel < plane.length; pixel++) plane[pixel] = light[data[pixel * channels + channel]];
    return plane;
  });
}

/** The sRGB image of planes of light; what lies below 0 is black, what lies above 1 is full. */
export function imageFromLight(planes: readonly Float32Array[], width: number, height: number): RasterImage {
  const channels = planes.length === 1 ? 1 : 3;
  const samples = new Uint8ClampedArray(width * height * channels);
  planes.forEach((plane, channel) => {
    for (let pixel = 0; pixel < plane.length; pixel++)
      samples[pixel * channels + channel] = 255 * gammaEncoded(Math.min(Math.max(plane[pixel], 0), 1));
  });
  return { width, height, channels, data: new Uint8Array(samples.buffer) };
}
