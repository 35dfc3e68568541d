import type { Point } from '../image/geometry.js';
import { convexHull } from './convex-hull.js';

/** The eleven regions of a face that every study reports. Left and right are the subject's. */
export const faceRegions = [
  'left_eye',
  'right_eye',
  'left_eyebrow',
  'right_eyebrow',
  'nose',
  'mouth',
  'left_cheek',
  'right_cheek',
  'chin',
  'forehead',
  'jaw',
] as const;

/** Further names that are accepted: unions and parts of the eleven. */
const furtherRegions = [
  'eyes',
  'eyebrows',
  'cheeks',
  'nose_bridge',
  'nose_tip',
  'outer_mouth',
  'inner_mouth',
  'lips',
] as const;

export const regionNames = [...faceRegions, ...furtherRegions] as const;
export type FaceRegion = (typeof faceRegions)[number];
export type RegionName = (typeof regionNames)[number];

export function isRegionName(name: string): name is RegionName {
  return (regionNames as readonly string[]).includes(name);
}

/** A piece of a region. `hull`: the convex hull of the points; `path`: they are the corners in order. */
interface Piece {
  readonly outline: 'hull' | 'path';
  readonly points: readonly Point[];
}

/** How each region is made from the 68 iBUG points; docs/faces.md draws it. */
const pieces: Record<RegionName, (face: FaceGeometry) => Piece[]> = {
  left_eye: (face) => [hull(face.range(42, 47))],
  right_eye: (face) => [hull(face.range(36, 41))],
  left_eyebrow: (face) => [brow(face, face.range(22, 26))],
  right_eyebrow: (face) => [brow(face, face.range(17, 21))],
  nose: (face) => [hull(face.range(27, 35))],
  mouth: (face) => [hull(face.range(48, 67))],
  left_cheek: (face) => [cheek(face, [15, 14, 13, 12], { mouth: 54, nostril: 35, lid: [46, 47] })],
  right_cheek: (face) => [cheek(face, [1, 2, 3, 4], { mouth: 48, nostril: 31, lid: [41, 40] })],
  chin: (face) => [chin(face)],
  forehead: (face) => [forehead(face)],
  jaw: (face) => [jaw(face)],
  eyes: (face) => [...pieces.left_eye(face), ...pieces.right_eye(face)],
  eyebrows: (face) => [...pieces.left_eyebrow(face), ...pieces.right_eyebrow(face)],
  cheeks: (face) => [...pieces.left_cheek(face), ...pieces.right_cheek(face)],
  nose_bridge: (face) => [noseBridge(face)],
  nose_tip: (face) => [hull(face.range(30, 35))],
  outer_mouth: (face) => [hull(face.range(48, 59))],
  inner_mouth: (face) => [hull(face.range(60, 67))],
  lips: (face) => [
    path([...face.range(48, 54), ...face.range(60, 64).reverse()]),
    path([...face.range(54, 59), face.point(48), face.point(60), ...face.range(64, 67).reverse()]),
  ],
};

export interface RegionOptions {
  /** Enlarges each piece about the arithmetic mean of its points. Default 1. */
  readonly scale?: number;
  /** Moves what lies outside onto the border pixels of an image of this size. */
  readonly within?: { readonly width: number; readonly height: number };
}

/**
 * The area of a region as polygons that do not cross themselves: one, or one a piece for unions such as `eyes`.
 *
 * @param landmarks the 68 iBUG points
 */
export function regionPolygons(
  name: RegionName,
  landmarks: readonly Point[],
  options: RegionOptions = {},
): Point[][] {
  const { scale = 1, within } = options;
  return pieces[name](new FaceGeometry(landmarks)).map(({ outline, points }) => {
    const scaled = scaleAboutMean(points, scale);
    const placed = within === undefined ? scaled : scaled.map((point) => clampPoint(point, within));
    return outline === 'hull' ? convexHull(placed) : placed;
  });
}

/** The polygon of each of the eleven regions. */
export function faceRegionPolygons(
  landmarks: readonly Point[],
  options: RegionOptions = {},
): Record<FaceRegion, Point[]> {
  return Object.fromEntries(
    faceRegions.map((name) => [name, regionPolygons(name, landmarks, options)[0]]),
  ) as Record<FaceRegion, Point[]>;
}

/** Scales points about their arithmetic mean (not about the centroid of the area they enclose). */
export function scaleAboutMean(points: readonly Point[], scale: number): Point[] {
  const [meanX, meanY] = mean(points);
  return points.map(([x, y]) => [(x - meanX) * scale + meanX, (y - meanY) * scale + meanY]);
}

/** The nearest point on the pixels of an image: x in [0, width - 1], y in [0, height - 1]. */
export function clampPoint([x, y]: Point, size: { readonly width: number; readonly height: number }): Point {
  return [Math.min(Math.max(x, 0), size.width - 1), Math.min(Math.max(y, 0), size.height - 1)];
}

/** The 68 points with the two directions and the length that the constructed regions are measured in. */
class FaceGeometry {
  /** Unit vector along the line of the eyes, towards the subject's left. */
  readonly left: Point;
  /** Unit vector at a right angle to it, towards the forehead. */
  readonly up: Point;
  /** From the middle between the brows (21, 22) to the nose base (33). About the distance of the eyes. */
  readonly noseLength: number;
  readonly #landmarks: readonly Point[];

  constructor(landmarks: readonly Point[]) {
    if (landmarks.length !== 68) throw new RangeError(`Regions need 68 landmarks, got ${landmarks.length}`);
    this.#landmarks = landmarks;
    const rightEye = mean(this.range(36, 41));
    const leftEye = mean(this.range(42, 47));
    const distance = Math.hypot(leftEye[0] - rightEye[0], leftEye[1] - rightEye[1]) || 1;
    this.left = [(leftEye[0] - rightEye[0]) / distance, (leftEye[1] - rightEye[1]) / distance];
    const browMiddle = mean(this.range(21, 22));
    const nose = this.point(33);
    const rise: Point = [browMiddle[0] - nose[0], browMiddle[1] - nose[1]];
    const side = rise[0] * this.left[1] - rise[1] * this.left[0] >= 0 ? 1 : -1;
    this.up = [side * this.left[1], -side * this.left[0]];
    this.noseLength = Math.hypot(...rise);
  }

  point(index: number): Point {
    return this.#landmarks[index];
  }

  /** Points `from` to `to`, both included. */
  range(from: number, to: number): Point[] {
    return this.#landmarks.slice(from, to + 1);
  }

  /** The point, moved up the face by a share of the nose length. */
  lifted([x, y]: Point, share: number): Point {
    return [x + this.up[0] * share * this.noseLength, y + this.up[1] * share * this.noseLength];
  }
}

function hull(points: readonly Point[]): Piece {
  return { outline: 'hull', points };
}

function path(points: readonly Point[]): Piece {
  return { outline: 'path', points };
}

/** The five points run along the upper edge of the brow; it is about an eighth of the nose length thick. */
function brow(face: FaceGeometry, points: readonly Point[]): Piece {
  const upper = points.map((point) => face.lifted(point, 0.02));
  const lower = points.map((point) => face.lifted(point, -0.12));
  return path([...upper, ...lower.reverse()]);
}

/**
 * Between the lower lid (a fifth of the nose length below it), the wing of the nose (half the nostril's distance from
 * the nose base outside of it), the corner of the mouth and the contour of the face.
 */
function cheek(
  face: FaceGeometry,
  contour: readonly number[],
  beside: { mouth: number; nostril: number; lid: readonly number[] },
): Piece {
  return hull([
    ...contour.map((index) => face.point(index)),
    face.point(beside.mouth),
    towards(face.point(33), face.point(beside.nostril), 1.5),
    ...beside.lid.map((index) => face.lifted(face.point(index), -0.2)),
  ]);
}

/** From the contour 6..10 up to a quarter of the way from the lower lip (55..59) to it. */
function chin(face: FaceGeometry): Piece {
  const top = [55, 56, 57, 58, 59].map((lip, i) => towards(face.point(lip), face.point(10 - i), 0.25));
  return path([...face.range(6, 10), ...top]);
}

/**
 * Above the brows, up to nine tenths of the way to the mean hairline of the frontal faces of the Face Research Lab
 * London Set (its points 134 to 144), measured above each brow point in nose lengths.
 */
function forehead(face: FaceGeometry): Piece {
  const brows = face.range(17, 26);
  const height = [0.4, 0.58, 0.68, 0.78, 0.86, 0.86, 0.78, 0.68, 0.58, 0.4];
  const lower = brows.map((point) => face.lifted(point, 0.05));
  const upper = brows.map((point, i) => face.lifted(point, height[i]));
  return path([...upper, ...lower.reverse()]);
}

/** A band along the whole contour, as wide as 15 % of the distance to the tip of the nose. */
function jaw(face: FaceGeometry): Piece {
  const contour = face.range(0, 16);
  const inner = contour.map((point) => towards(point, face.point(30), 0.15));
  return path([...contour, ...inner.reverse()]);
}

/** A band along 27..30, to each side half as wide as from the nose base to a nostril. */
function noseBridge(face: FaceGeometry): Piece {
  const [x31, y31] = face.point(31);
  const [x35, y35] = face.point(35);
  const half = Math.hypot(x35 - x31, y35 - y31) / 4;
  const aside = (sign: number) =>
    face
      .range(27, 30)
      .map(([x, y]): Point => [x + sign * half * face.left[0], y + sign * half * face.left[1]]);
  return path([...aside(-1), ...aside(1).reverse()]);
}

function towards(from: Point, to: Point, share: number): Point {
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

function mean(points: readonly Point[]): Point {
  const sum = points.reduce<[number, number]>(([x, y], point) => [x + point[0], y + point[1]], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}
