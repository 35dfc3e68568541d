import { Problem } from '../../../problem.js';
import { imageToLab } from '../../lab.js';
import type { RasterImage } from '../../raster-image.js';
import { unitLevels } from '../../sample-levels.js';
import type { Segmentation } from '../segmentation.js';
import { shiftToModes } from './shift-to-modes.js';

export interface QuickshiftOptions {
  /** Standard deviation of the Gaussian in pixels, at least 1: more gives fewer segments. Default 4. */
  readonly kernelSize?: number | undefined;
  /** The longest link within a segment, at least 0: more gives fewer segments. Default 200. */
  readonly maxDistance?: number | undefined;
  /** How much a step of Lab counts against one pixel, 0 to 1. Default 0.2. */
  readonly ratio?: number | undefined;
  /** Of the noise that breaks ties between densities. Default 42. */
  readonly seed?: number | undefined;
}

/**
 * Quick shift superpixels (Vedaldi and Soatto, "Quick shift and kernel methods for mode seeking", ECCV 2008): each pixel
 * climbs to the next place of denser colour. How many segments come out depends on the image, and a segment need not
 * be one connected piece.
 *
 * The labels are those of `skimage.segmentation.quickshift(image, ratio, kernel_size, max_dist, random_seed)` of
 * scikit-image 0.19 on the 8-bit image (in float64), with the same noise. The defaults are those of LIME. The last bit of
 * `exp` and of the noise may differ, which can matter only to pixels whose densities differ by less than 1e-13.
 *
 * @throws Problem for an option out of its range
 */
export function quickshift(image: RasterImage, options: QuickshiftOptions = {}): Segmentation {
  const { kernelSize = 4, maxDistance = 200, ratio = 0.2, seed = 42 } = options;
  if (!(kernelSize >= 1 && kernelSize < Infinity)) {
    throw new Problem(`kernel size ${kernelSize}`, 'not a number of at least 1');
  }
  if (!(maxDistance >= 0)) throw new Problem(`maximum distance ${maxDistance}`, 'not a number of at least 0');
  if (!(ratio >= 0 && ratio <= 1)) throw new Problem(`ratio ${ratio}`, 'not a number from 0 to 1');
  const lab = imageToLab(image, unitLevels());
  for (let i = 0; i < lab.length; i++) lab[i] *= ratio;
  return shiftToModes(lab, image.width, image.height, { kernelSize, maxDistance, seed });
}
