import { Problem } from '../../problem.js';
import type { Tensor } from '../../tensor/tensor.js';
import { connectedComponents } from '../connected-components.js';
import type { Box, Point } from '../geometry.js';
import type { OpenCv } from '../opencv.js';
import { mapThreshold, maskAbove } from '../threshold/map-threshold.js';
import type { ThresholdName } from '../threshold/methods.js';
import { percentileCut } from '../threshold/percentile-cut.js';

export interface ActivationOptions {
  /** What is below this percentile of the map counts as 0. @default 90 */
  readonly percentile?: number | undefined;
  /** What tells active pixels from others after that. @default 'otsu' */
  readonly threshold?: ThresholdName | undefined;
  /** Regions of fewer pixels of the map are left out. @default 1 */
  readonly minimumArea?: number | undefined;
}

/** An active part of a map. */
export interface ActivationRegion {
  /** In pixels of the image, half-open; its edges are not rounded where map and image differ in size. */
  readonly box: Box;
  /** Pixels of the map. */
  readonly area: number;
  /** In pixels of the image. */
  readonly centroid: Point;
}

export interface Activation {
  /** In the order of their first pixels, rows from the top. */
  readonly regions: readonly ActivationRegion[];
  /** The percentile of the map that values were cut at. */
  readonly percentile: number;
  /** The threshold, or one a pixel (`sauvola`); undefined where nothing is left to tell apart: a constant map, or one without
   *  values above 0 and its percentile. Such a map has no active region. */
  readonly threshold: number | Float64Array | undefined;
}

/**
 * Where a map is high: percentile cut, threshold, the pixels strictly above it, their 8-connected parts (systems.md 4.3).
 * The map is not changed.
 *
 * @param map of shape [height, width], which covers the whole image: pixel x of the map lies over
 *   [x, x + 1) * imageWidth / mapWidth
 * @param image the size of the image; that of the map where left out
 * @throws Problem where the map holds values that are not finite, or its percentile is below 0, since to set the rest to 0
 *   would lift it above what was kept
 */
export function activationRegions(
  cv: OpenCv,
  map: Tensor,
  image?: { readonly width: number; readonly height: number },
  { percentile: percent = 90, threshold: method = 'otsu', minimumArea = 1 }: ActivationOptions = {},
): Activation {
  const [height, width] = map.shape as [number, number];
  const { map: cut, percentile } = percentileCut(map, percent);
  if (percentile < 0) {
    throw new Problem(
      'map',
      `its ${percent}th percentile, ${percentile.toPrecision(3)}, is below 0: setting lower values to 0 would lift them`,
      'take the positive part of the map, or a higher percentile',
    );
  }
  const threshold = mapThreshold(cut, method);
  if (threshold === undefined) return { regions: [], percentile, threshold };

  const scaleX = (image?.width ?? width) / width;
  const scaleY = (image?.height ?? height) / height;
  const { components } = connectedComponents(cv, maskAbove(cut, threshold), width, height);
  const regions = components
    .filter(({ area }) => area >= minimumArea)
    .map(({ box, area, centroid: [x, y] }): ActivationRegion => {
      return {
        box: {
          x: box.x * scaleX,
          y: box.y * scaleY,
          width: box.width * scaleX,
          height: box.height * scaleY,
        },
        area,
        // A point names the centre of a pixel, which lies half a pixel inside of its box.
        centroid: [(x + 0.5) * scaleX - 0.5, (y + 0.5) * scaleY - 0.5],
      };
    });
  return { regions, percentile, threshold };
}
