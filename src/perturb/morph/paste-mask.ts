import { convexHull } from '../../face/convex-hull.js';
import type { Point } from '../../image/geometry.js';
import type { OpenCv } from '../../image/opencv.js';
import { footprintMask } from '../occlusion/footprint-mask.js';

/** How far the edge of the pasted face lies inside the contour, as a share of the way to the tip of the nose. */
const inset = 0.07;

/** How far it lies above the brows, as a share of the nose from its base to the middle of the brows. */
const aboveBrows = 0.18;

/**
 * The part of a face that is pasted: within the contour, so that the edge lies on skin, and up to above the brows, below
 * the hair. 1 inside, 0 outside, row by row.
 *
 * @param landmarks the 68 iBUG points
 */
export function pasteMask(
  cv: OpenCv,
  landmarks: readonly Point[],
  width: number,
  height: number,
): Uint8Array {
  const tip = landmarks[30];
  const contour = landmarks
    .slice(0, 17)
    .map(([x, y]): Point => [x + inset * (tip[0] - x), y + inset * (tip[1] - y)]);
  const [base, rightBrow, leftBrow] = [landmarks[33], landmarks[21], landmarks[22]];
  const rise = [(rightBrow[0] + leftBrow[0]) / 2 - base[0], (rightBrow[1] + leftBrow[1]) / 2 - base[1]];
  const brows = landmarks
    .slice(17, 27)
    .map(([x, y]): Point => [x + aboveBrows * rise[0], y + aboveBrows * rise[1]]);
  const polygon = convexHull([...contour, ...brows]).map(([x, y]): Point => [Math.round(x), Math.round(y)]);
  return footprintMask(cv, { shape: 'polygons', polygons: [polygon] }, width, height);
}
