import type { RasterImage } from '../../image/raster-image.js';
import type { Paint } from './fill.js';
import type { Runs } from './footprint-runs.js';

/**
 * The image with paint over exactly the pixels of one footprint; every other pixel is as it was.
 *
 * @param runs `footprintRuns` of the occlusion in this image.
 * @param paint what `paintFor` made of this image.
 * @param into an image of the same size and channels to write to, so that a series of occlusions needs one buffer; it
 *   may hold anything, but must not be `image` itself.
 */
export function occlude(
  image: RasterImage,
  runs: Runs,
  paint: Paint,
  into: RasterImage = { ...image, data: new Uint8Array(image.data.length) },
): RasterImage {
  into.data.set(image.data);
  cover(into, runs, paint);
  return into;
}

/** Paints over the pixels of one footprint in place. */
export function cover({ data, width, channels }: RasterImage, runs: Runs, paint: Paint): void {
  const even = paint.kind === 'colour' && paint.samples.every((sample) => sample === paint.samples[0]);
  for (let i = 0; i < runs.length; i += 3) {
    const row = runs[i] * width;
    const from = (row + runs[i + 1]) * channels;
    const to = (row + runs[i + 2]) * channels;
    if (paint.kind === 'image') {
      data.set(paint.image.data.subarray(from, to), from);
    } else if (even) {
      data.fill(paint.samples[0], from, to);
    } else {
      for (let channel = 0; channel < channels; channel++) {
        const sample = paint.samples[channel];
        for (let at = from + channel; at < to; at += channels) data[at] = sample;
      }
    }
  }
}

/** Puts the pixels of one footprint back from the image that they were covered in. */
export function uncover(image: RasterImage, runs: Runs, into: RasterImage): void {
  const { width, channels } = image;
  for (let i = 0; i < runs.length; i += 3) {
    const from = (runs[i] * width + runs[i + 1]) * channels;
    const to = (runs[i] * width + runs[i + 2]) * channels;
    into.data.set(image.data.subarray(from, to), from);
  }
}
