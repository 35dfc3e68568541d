import type { AffineMatrix, Point } from '../image/geometry.js';

/** The point that an affine matrix takes a point to. */
export function transformPoint([a, b, c, d, e, f]: AffineMatrix, [x, y]: Point): Point {
  return [a * x + b * y + c, d * x + e * y + f];
}
