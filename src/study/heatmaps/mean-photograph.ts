import { decodeImage } from '../../dataset/decode-image.js';
import type { OpenCv } from '../../image/opencv.js';
import { blankImage, type RasterImage } from '../../image/raster-image.js';
import { resize } from '../../image/resize.js';

/** More photographs make the mean no clearer. */
const most = 100;

/** The mean of photographs brought to one size; of more than 100, of 100 that lie evenly in the list. */
export async function meanPhotograph(
  cv: OpenCv,
  files: readonly string[],
  { width, height }: { readonly width: number; readonly height: number },
): Promise<RasterImage> {
  const count = Math.min(files.length, most);
  const sums = new Float64Array(width * height * 3);
  for (let i = 0; i < count; i++) {
    const { image } = await decodeImage(files[Math.floor((i * files.length) / count)]);
    const { data } = resize(cv, image, width, height, 'area');
    for (let at = 0; at < sums.length; at++) sums[at] += data[at];
  }
  const mean = blankImage(width, height);
  for (let at = 0; at < sums.length; at++) mean.data[at] = Math.round(sums[at] / count);
  return mean;
}
