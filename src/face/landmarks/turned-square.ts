import type { AffineMatrix, Box, Point } from '../../image/geometry.js';
import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import { resize } from '../../image/resize.js';
import { warpAffine } from '../../image/warp-affine.js';
import { cropBox } from '../crop-box.js';
import { invertAffine } from '../invert-affine.js';

/** A square part of an image, turned by `angle` (radians, clockwise on the screen) about its centre. */
export interface TurnedSquare {
  readonly centre: Point;
  readonly side: number;
  readonly angle: number;
}

/** The upright square about the centre of a box. */
export function uprightSquare({ x, y, width, height }: Box, side: number): TurnedSquare {
  return { centre: [x + width / 2 - 0.5, y + height / 2 - 0.5], side, angle: 0 };
}

export interface SquareFit {
  /** The two points that lie on a horizontal line of the square: the subject's right one first. */
  readonly level: readonly [right: Point, left: Point];
  /** The side, in units of the longer side of the box about the points. */
  readonly side: number;
  /** How far the square's centre lies above that of the points, in sides of the square. @default 0 */
  readonly rise?: number;
}

/** The square that fits points, turned with a line through the face. */
export function squareAround(points: readonly Point[], { level, side, rise = 0 }: SquareFit): TurnedSquare {
  const [right, left] = level;
  const angle = Math.atan2(left[1] - right[1], left[0] - right[0]);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along = points.map(([x, y]) => cos * x + sin * y);
  const across = points.map(([x, y]) => cos * y - sin * x);
  const [first, last] = [Math.min(...along), Math.max(...along)];
  const [top, bottom] = [Math.min(...across), Math.max(...across)];
  const length = Math.max(last - first, bottom - top, 1) * side;
  const u = (first + last) / 2;
  const v = (top + bottom) / 2 - rise * length;
  return { centre: [cos * u - sin * v, sin * u + cos * v], side: length, angle };
}

/** From shares of the square (0..1) to pixels of the image. */
export function squareToImage({ centre, side, angle }: TurnedSquare): AffineMatrix {
  const a = side * Math.cos(angle);
  const b = side * Math.sin(angle);
  return [a, -b, centre[0] - (a - b) / 2, b, a, centre[1] - (a + b) / 2];
}

/**
 * The square as `side` x `side` pixels, black outside the image.
 *
 * @param oversampling the square is warped at this multiple and averaged down, so that a large face does not alias
 */
export function sampleSquare(
  cv: OpenCv,
  image: RasterImage,
  square: TurnedSquare,
  side: number,
  oversampling: number,
): RasterImage {
  const samples = side * oversampling;
  // Only the part of the image that the square can touch is handed to OpenCV.
  const reach = Math.ceil(square.side) + 2;
  const part = {
    x: Math.floor(square.centre[0]) - reach,
    y: Math.floor(square.centre[1]) - reach,
    width: 2 * reach,
    height: 2 * reach,
  };
  const [a, b, c, d, e, f] = squareToImage({
    ...square,
    centre: [square.centre[0] - part.x, square.centre[1] - part.y],
  });
  const scale = 1 / samples;
  // Pixel i of the result covers the shares [i, i + 1) / samples; its centre is half a step in.
  const toPart: AffineMatrix = [
    a * scale,
    b * scale,
    c + ((a + b) * scale) / 2,
    d * scale,
    e * scale,
    f + ((d + e) * scale) / 2,
  ];
  const large = warpAffine(cv, cropBox(image, part), invertAffine(toPart), samples, samples);
  return oversampling === 1 ? large : resize(cv, large, side, side, 'area');
}
