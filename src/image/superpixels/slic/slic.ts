import { Problem } from '../../../problem.js';
import { imageToLab } from '../../lab.js';
import type { RasterImage } from '../../raster-image.js';
import { stretchedLevels } from '../../sample-levels.js';
import type { Segmentation } from '../segmentation.js';
import { assignPixels } from './assign-pixels.js';
import { connectSegments } from './connect-segments.js';
import { seedGrid } from './seed-grid.js';

export interface SlicOptions {
  /** About how many segments, 1 to the number of pixels. Default 30. */
  readonly segments?: number | undefined;
  /** How much nearness in the image counts against likeness of colour; above 0. Default 20. */
  readonly compactness?: number | undefined;
}

/**
 * SLIC superpixels (Achanta et al., "SLIC superpixels compared to state-of-the-art superpixel methods", TPAMI 2012):
 * k-means of Lab colour and place in windows about a grid of seeds.
 *
 * The labels are those of `skimage.segmentation.slic(image, n_segments, compactness, start_label=0)` of scikit-image 0.19
 * on the 8-bit image (in float64): values are stretched to [0, 1] over all channels before Lab, ten iterations,
 * connectivity with size factors 0.5 and 3. The defaults are those of the TFG-LIME study. Its numbers and Math's `pow`
 * and `cbrt` may differ in the last bit, which can change a pixel that is equally far from two centres.
 *
 * @throws Problem for more segments than pixels, or an option out of its range
 */
export function slic(image: RasterImage, options: SlicOptions = {}): Segmentation {
  const { segments = 30, compactness = 20 } = options;
  const { width, height } = image;
  const pixels = width * height;
  if (!Number.isInteger(segments) || segments < 1) {
    throw new Problem(`segments ${segments}`, 'not a whole number of at least 1');
  }
  if (segments > pixels) {
    throw new Problem(
      `segments ${segments}`,
      `more than the ${pixels} pixels of the image (${width}x${height})`,
      'ask for fewer segments, or give a larger image',
    );
  }
  if (!(compactness > 0 && compactness < Infinity)) {
    throw new Problem(`compactness ${compactness}`, 'not a number above 0', '20 is usual for faces');
  }
  const seeds = seedGrid(width, height, segments);
  const labels = assignPixels(
    imageToLab(image, stretchedLevels(image.data)),
    width,
    height,
    seeds,
    compactness,
  );
  const meanArea = pixels / (seeds.x.length * seeds.y.length);
  return connectSegments(labels, width, height, Math.trunc(0.5 * meanArea), Math.trunc(3 * meanArea));
}
