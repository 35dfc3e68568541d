import { convexHull } from '../../face/convex-hull.js';
import { regionPolygons, type RegionName } from '../../face/regions.js';
import type { Point } from '../../image/geometry.js';
import type { OpenCv } from '../../image/opencv.js';
import { footprintMask } from '../occlusion/footprint-mask.js';

/**
 * Where the face, or some of its regions, is in an image: 1 inside, 0 outside, row by row. The face is the convex hull of
 * the contour, the brows and the forehead up to the hairline.
 *
 * @param landmarks the 68 iBUG points, in pixels of the image
 * @param parts regions of the face, whose union is taken; the whole face where left out
 */
export function faceMask(
  cv: OpenCv,
  landmarks: readonly Point[],
  width: number,
  height: number,
  parts?: readonly RegionName[],
): Uint8Array {
  const outlines =
    parts === undefined
      ? [convexHull([...landmarks, ...regionPolygons('forehead', landmarks).flat()])]
      : parts.flatMap((part) => regionPolygons(part, landmarks));
  const polygons = outlines.map((outline) => outline.map(([x, y]): Point => [Math.round(x), Math.round(y)]));
  return footprintMask(cv, { shape: 'polygons', polygons }, width, height);
}
