import type { Point } from '../image/geometry.js';

/** The lines of a face by their first and last landmark; closed ones return to the first. */
const lines: readonly { readonly from: number; readonly to: number; readonly closed?: boolean }[] = [
  { from: 0, to: 16 },
  { from: 17, to: 21 },
  { from: 22, to: 26 },
  { from: 27, to: 30 },
  { from: 31, to: 35 },
  { from: 36, to: 41, closed: true },
  { from: 42, to: 47, closed: true },
  { from: 48, to: 59, closed: true },
  { from: 60, to: 67, closed: true },
];

/**
 * A line drawing of a face: contour, brows, nose, eyes and lips as lists of points.
 *
 * @param landmarks the 68 iBUG points
 */
export function faceOutline(landmarks: readonly Point[]): Point[][] {
  return lines.map(({ from, to, closed = false }) => [
    ...landmarks.slice(from, to + 1),
    ...(closed ? [landmarks[from]] : []),
  ]);
}
