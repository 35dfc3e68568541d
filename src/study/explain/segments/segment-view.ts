import { limeRandom } from '../../../explain/lime/lime-random.js';
import { segmentRegions } from '../../../face/segment-regions.js';
import type { Point } from '../../../image/geometry.js';
import type { OpenCv } from '../../../image/opencv.js';
import type { RasterImage } from '../../../image/raster-image.js';
import { superpixelMethods } from '../../../image/superpixels/methods.js';
import type { Segmentation } from '../../../image/superpixels/segmentation.js';
import type { SegmentationSettings } from './segmentation-settings.js';

/** A view cut into segments, which have names where they are regions of the face. */
export interface ViewSegmentation extends Segmentation {
  readonly names?: readonly string[];
}

/**
 * Cuts a view into segments.
 * @param seed that of the explanation; Python's lime draws the seed of quick shift from it.
 * @param landmarks the 68 points in pixels of the view, asked for only where they are needed.
 */
export async function segmentView(
  cv: OpenCv,
  view: RasterImage,
  settings: SegmentationSettings,
  seed: number,
  landmarks: () => Promise<readonly Point[]>,
): Promise<ViewSegmentation> {
  if (settings.method === 'regions') return segmentRegions(cv, await landmarks(), view);
  const { segmentationSeed } = limeRandom(seed);
  return superpixelMethods[settings.method].segment(view, { ...settings.options, seed: segmentationSeed });
}
