import type { AffineMatrix, Point } from '../image/geometry.js';

/**
 * The rotation, uniform scale and shift that takes `from` nearest to `to` in the sense of least squares, without
 * reflection (Umeyama, "Least-squares estimation of transformation parameters between two point patterns", IEEE TPAMI
 * 13(4), 1991; in the plane his solution has this closed form). Points that all coincide give the bare shift.
 */
export function similarityTransform(from: readonly Point[], to: readonly Point[]): AffineMatrix {
  if (from.length !== to.length || from.length < 2) {
    throw new RangeError(
      `A similarity needs two lists of the same length, got ${from.length} and ${to.length}`,
    );
  }
  const [fromX, fromY] = mean(from);
  const [toX, toY] = mean(to);
  let along = 0;
  let across = 0;
  let spread = 0;
  for (let i = 0; i < from.length; i++) {
    const fx = from[i][0] - fromX;
    const fy = from[i][1] - fromY;
    const tx = to[i][0] - toX;
    const ty = to[i][1] - toY;
    along += fx * tx + fy * ty;
    across += fx * ty - fy * tx;
    spread += fx * fx + fy * fy;
  }
  const a = spread === 0 ? 1 : along / spread;
  const b = spread === 0 ? 0 : across / spread;
  return [a, -b, toX - a * fromX + b * fromY, b, a, toY - b * fromX - a * fromY];
}

function mean(points: readonly Point[]): Point {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point[0];
    y += point[1];
  }
  return [x / points.length, y / points.length];
}
