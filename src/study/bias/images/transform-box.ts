import { transformPoint } from '../../../face/transform-point.js';
import type { AffineMatrix, Box, Point } from '../../../image/geometry.js';

/** The smallest box around the four corners of a box that was transformed. */
export function transformBox(matrix: AffineMatrix, { x, y, width, height }: Box): Box {
  // A matrix maps centres of pixels, which edges lie half a pixel before.
  const corners = [
    [x, y],
    [x + width, y],
    [x, y + height],
    [x + width, y + height],
  ].map(([left, top]): Point => transformPoint(matrix, [left - 0.5, top - 0.5]));
  const xs = corners.map(([left]) => left);
  const ys = corners.map(([, top]) => top);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return {
    x: left + 0.5,
    y: top + 0.5,
    width: Math.max(...xs) - left,
    height: Math.max(...ys) - top,
  };
}
