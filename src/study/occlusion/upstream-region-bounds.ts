import type { Box, Point } from '../../image/geometry.js';
import type { RegionName } from '../../face/regions.js';

const leftBrowAndEye = [
  [22, 26],
  [42, 47],
] as const;
const rightBrowAndEye = [
  [17, 21],
  [36, 41],
] as const;

/**
 * Which of the 68 iBUG points the published Python tool takes for a region's box in its heat maps, as ranges with both
 * ends (systems.md 0.3). Some are stand-ins: cheeks are brow and eye, the forehead is the brows.
 */
const ranges: Readonly<Record<RegionName, readonly (readonly [first: number, last: number])[]>> = {
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
  left_cheek: leftBrowAndEye,
  right_cheek: rightBrowAndEye,
  cheeks: [...leftBrowAndEye, ...rightBrowAndEye],
  forehead: [[17, 26]],
};

/**
 * The bounding box of a region's landmarks, from the smallest to the largest coordinate, as the published Python tool
 * draws it, for `--compat upstream`. It is not scaled, so it is smaller than what the tool's occluder hides.
 *
 * @param landmarks the 68 iBUG points, in pixels of the image.
 */
export function upstreamRegionBounds(name: RegionName, landmarks: readonly Point[]): Box {
  const points = ranges[name].flatMap(([first, last]) => landmarks.slice(first, last + 1));
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
