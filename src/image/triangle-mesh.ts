import Delaunator from 'delaunator';
import type { Point } from './geometry.js';

/** An image area that is divided into triangles, with the triangle of every pixel. */
export interface TriangleMesh {
  readonly width: number;
  readonly height: number;
  readonly points: readonly Point[];
  /** The corners of each triangle as indices into `points`: 3 numbers a triangle. */
  readonly triangles: Uint32Array;
  /** The number of the triangle that each pixel centre lies in, row by row. */
  readonly triangleAt: Uint16Array;
}

/** Twice the area, in square pixels, that a pixel centre may lie outside of a triangle by rounding. */
const rounding = 1e-7;

/**
 * The Delaunay triangles of points, and which of them each pixel of an image of `width` x `height` lies in. A pixel on an
 * edge belongs to the first of its triangles; a piecewise-affine map is the same on both sides of it.
 *
 * @param points in pixels; their convex hull must cover every pixel centre.
 * @throws RangeError where a pixel lies outside of the hull
 */
export function triangleMesh(points: readonly Point[], width: number, height: number): TriangleMesh {
  const triangles = new Delaunator(Float64Array.from(points.flat())).triangles;
  const triangleAt = new Uint16Array(width * height).fill(none);
  for (let triangle = 0; triangle < triangles.length / 3; triangle++) {
    const [a, b, c] = [...triangles.subarray(3 * triangle, 3 * triangle + 3)].map((corner) => points[corner]);
    const direction = Math.sign(doubleArea(a, b, c));
    const [left, right] = [Math.min(a[0], b[0], c[0]), Math.max(a[0], b[0], c[0])];
    const [top, bottom] = [Math.min(a[1], b[1], c[1]), Math.max(a[1], b[1], c[1])];
    for (let y = Math.max(0, Math.ceil(top)); y <= Math.min(height - 1, bottom); y++) {
      for (let x = Math.max(0, Math.ceil(left)); x <= Math.min(width - 1, right); x++) {
        const at = y * width + x;
        if (triangleAt[at] !== none) continue;
        const pixel: Point = [x, y];
        const inside =
          direction * doubleArea(a, b, pixel) >= -rounding &&
          direction * doubleArea(b, c, pixel) >= -rounding &&
          direction * doubleArea(c, a, pixel) >= -rounding;
        if (inside) triangleAt[at] = triangle;
      }
    }
  }
  if (triangleAt.includes(none)) throw new RangeError('The points do not enclose every pixel of the image.');
  return { width, height, points, triangles, triangleAt };
}

const none = 0xffff;

/** Twice the signed area of a triangle: above 0 where its corners follow each other clockwise on the screen. */
function doubleArea([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  return (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
}
