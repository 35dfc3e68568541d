import type { Box, Point } from '../image/geometry.js';
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

/** The landmarks that the source system (`occlusion_heatmaps_builder`) takes for every name that it accepts. */
const heatmapRanges: Readonly<Record<string, readonly (readonly [first: number, last: number])[]>> = {
  left_eye: [[42, 47]],
  right_eye: [[36, 41]],
  eyes: [[36, 47]],
  left_eyebrow: [[22, 26]],
  right_eyebrow: [[17, 21]],
  eyebrows: [[17, 26]],
  nose: [[27, 35]],
  nose_bridge: [[27, 30]],
  nose_tip: [[31, 35]],
  mouth: [[48, 67]],
  lips: [[48, 67]],
  outer_mouth: [[48, 59]],
  inner_mouth: [[60, 67]],
  jaw: [[0, 16]],
  chin: [[0, 16]],
  // It has no points of cheeks and forehead and takes the nearest ones.
  left_cheek: [
    [22, 26],
    [42, 47],
  ],
  right_cheek: [
    [17, 21],
    [36, 41],
  ],
  cheeks: [
    [17, 26],
    [36, 47],
  ],
  forehead: [[17, 26]],
};

/**
 * The bounding box, from the smallest to the largest coordinate, of a region's landmarks as the source system draws
 * its heat maps: not scaled, hence not what was occluded (systems.md 0.3). Undefined for a name that it does not know.
 *
 * @param landmarks the 68 iBUG points
 */
export function upstreamRegionBounds(name: string, landmarks: readonly Point[]): Box | undefined {
  if (!Object.hasOwn(heatmapRanges, name)) return undefined;
  const points = heatmapRanges[name].flatMap(([first, last]) => landmarks.slice(first, last + 1));
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
