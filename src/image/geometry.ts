/**
 * A point in pixels, [x, y]: x to the right, y down. Integer coordinates name pixel centres, as in OpenCV.
 */
export type Point = readonly [x: number, y: number];

/** An axis-parallel rectangle in pixels: the half-open area [x, x + width) x [y, y + height). */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A 2x3 affine matrix [a, b, c, d, e, f] in OpenCV's order:
 * x' = a x + b y + c and y' = d x + e y + f.
 */
export type AffineMatrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
