import type { Point } from '../image/geometry.js';

/**
 * The corners of the convex hull, without repeated or collinear ones, from the leftmost on, clockwise on the screen
 * (Andrew's monotone chain).
 */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  const upper = chain(sorted);
  const lower = chain(sorted.reverse());
  return upper.length < 2 ? upper : [...upper.slice(0, -1), ...lower.slice(0, -1)];
}

function chain(sorted: readonly Point[]): Point[] {
  const corners: Point[] = [];
  for (const point of sorted) {
    while (corners.length >= 2 && turn(corners.at(-2)!, corners.at(-1)!, point) <= 0) corners.pop();
    const last = corners.at(-1);
    if (last?.[0] !== point[0] || last[1] !== point[1]) corners.push(point);
  }
  return corners;
}

/** Positive for a clockwise turn (y down). */
function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}
