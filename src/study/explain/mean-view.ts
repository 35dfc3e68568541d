import { join } from 'node:path';
import { decodeImage } from '../../dataset/decode-image.js';
import { blankImage, type RasterImage } from '../../image/raster-image.js';

/** Views that go into the mean; more of them change nothing that can be seen. */
const limit = 100;

/**
 * The mean of views of one size, evenly drawn where there are many: the face under a mean map. `undefined` where fewer
 * than two are there, since that would show a person.
 */
export async function meanView(folder: string, views: readonly string[]): Promise<RasterImage | undefined> {
  if (views.length < 2) return undefined;
  const count = Math.min(views.length, limit);
  let sums: Float64Array | undefined;
  let size: Pick<RasterImage, 'width' | 'height'> | undefined;
  for (let at = 0; at < count; at++) {
    const { image } = await decodeImage(join(folder, views[Math.floor((at * views.length) / count)]));
    sums ??= new Float64Array(image.data.length);
    size ??= image;
    for (let sample = 0; sample < image.data.length; sample++) sums[sample] += image.data[sample];
  }
  if (sums === undefined || size === undefined) return undefined;
  const mean = blankImage(size.width, size.height);
  for (let sample = 0; sample < sums.length; sample++) mean.data[sample] = Math.round(sums[sample] / count);
  return mean;
}
