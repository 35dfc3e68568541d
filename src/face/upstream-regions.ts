import type { Point } from '../image/geometry.js';
import { clampPoint, scaleAboutMean } from './regions.js';

/** The regions that the source system occludes, as ranges of the 68 iBUG points. Left and right are the subject's. */
const ranges = {
  left_eye: [42, 47],
  right_eye: [36, 41],
  nose: [27, 35],
  mouth: [48, 67],
} as const;

export type UpstreamRegion = keyof typeof ranges;
export const upstreamRegions = Object.keys(ranges) as readonly UpstreamRegion[];

/**
 * The polygon that the source system (`occlusion_dataset_builder`) fills, for `--compat upstream`: the landmarks in
 * index order, scaled about their mean, moved inside the image, cut to whole pixels. It crosses itself: filled by the
 * even-odd rule, `mouth` leaves the opening between the lips free and `nose` covers only thin triangles.
 *
 * @param landmarks the 68 iBUG points
 * @param scale 1.5 upstream
 */
export function upstreamRegionPolygon(
  name: UpstreamRegion,
  landmarks: readonly Point[],
  scale: number,
  size: { readonly width: number; readonly height: number },
): Point[] {
  const [first, last] = ranges[name];
  return scaleAboutMean(landmarks.slice(first, last + 1), scale).map((point) => {
    const [x, y] = clampPoint(point, size);
    return [Math.trunc(x), Math.trunc(y)];
  });
}
