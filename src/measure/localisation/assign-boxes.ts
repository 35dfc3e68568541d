import type { Box, Point } from '../../image/geometry.js';

/** How far two centres are apart. `cosine`: 1 - cos of the angle between them, seen from the image's corner [0, 0]. */
export const centreDistances = ['euclidean', 'cityblock', 'cosine'] as const;
export type CentreDistance = (typeof centreDistances)[number];

export interface AssignmentOptions {
  /** @default 'euclidean' */
  readonly distance?: CentreDistance | undefined;
  /** The least share of the activation's area that its region must cover. @default 0.2 */
  readonly overlap?: number | undefined;
  /** Cut off the decimals of the centres' coordinates towards minus infinity, as the published notebook does. @default false */
  readonly flooredCentres?: boolean | undefined;
}

/** A box with a name, such as a region of the face. */
export interface NamedBox<Name extends string = string> {
  readonly name: Name;
  readonly box: Box;
}

/** Which region an activation belongs to. */
export interface BoxAssignment<Name extends string = string> {
  /** The region whose centre is nearest; undefined where no region has an area. */
  readonly nearest: Name | undefined;
  /** The share of the activation's area that the nearest region covers, 0 to 1. */
  readonly overlap: number;
  /** The nearest region where it covers enough, else undefined: the second nearest is not tried. */
  readonly region: Name | undefined;
}

/**
 * Assigns the boxes of active parts of a map to the boxes of regions of the face by the rule of BiasX: the region whose centre is
 * nearest, if it covers at least `overlap` of the activation's area.
 *
 * Of regions that are equally near, the one that comes first is taken. A region without area is never the nearest, an activation
 * without area belongs to no region. A centre at [0, 0] has no direction; its cosine distance counts as 1.
 *
 * @returns one an activation, in their order
 */
export function assignBoxes<Name extends string>(
  activations: readonly Box[],
  regions: readonly NamedBox<Name>[],
  { distance = 'euclidean', overlap: least = 0.2, flooredCentres = false }: AssignmentOptions = {},
): BoxAssignment<Name>[] {
  const centre = flooredCentres ? flooredCentreOf : centreOf;
  const places = regions
    .filter(({ box }) => areaOf(box) > 0)
    .map((region) => ({ ...region, centre: centre(region.box) }));
  return activations.map((box) => {
    const from = centre(box);
    let nearest: (typeof places)[number] | undefined;
    let shortest = Infinity;
    for (const place of places) {
      const length = distances[distance](from, place.centre);
      if (length < shortest) [nearest, shortest] = [place, length];
    }
    const area = areaOf(box);
    if (nearest === undefined || area <= 0) return { nearest: nearest?.name, overlap: 0, region: undefined };
    const overlap = intersection(box, nearest.box) / area;
    return { nearest: nearest.name, overlap, region: overlap >= least ? nearest.name : undefined };
  });
}

const distances: Record<CentreDistance, (a: Point, b: Point) => number> = {
  euclidean: (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]),
  cityblock: (a, b) => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]),
  cosine: (a, b) => {
    const lengths = Math.hypot(...a) * Math.hypot(...b);
    return lengths === 0 ? 1 : 1 - (a[0] * b[0] + a[1] * b[1]) / lengths;
  },
};

function centreOf({ x, y, width, height }: Box): Point {
  return [x + width / 2, y + height / 2];
}

function flooredCentreOf(box: Box): Point {
  const [x, y] = centreOf(box);
  return [Math.floor(x), Math.floor(y)];
}

function areaOf({ width, height }: Box): number {
  return Math.max(width, 0) * Math.max(height, 0);
}

function intersection(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(width, 0) * Math.max(height, 0);
}
