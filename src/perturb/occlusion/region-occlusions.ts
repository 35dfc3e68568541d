import type { Box, Point } from '../../image/geometry.js';
import type { RegionName } from '../../face/regions.js';
import { regionPolygons } from '../../face/regions.js';
import { type UpstreamRegion, upstreamRegionPolygon } from '../../face/upstream-regions.js';
import type { Footprint, Occlusion } from './occlusion.js';

export interface RegionOcclusionOptions {
  /** Size of the image that the landmarks are in; what lies outside is moved onto its border pixels. */
  readonly width: number;
  readonly height: number;
  /** `pixel`: the outline of the region; `bbox`: the bounding box of each of its pieces. @default 'pixel' */
  readonly precision?: 'pixel' | 'bbox';
  /** Enlarges a region about the arithmetic mean of its points. @default 1.5 */
  readonly scale?: number;
}

/** The occlusions of one face, and the regions that have no pixels in this image. */
export interface RegionOcclusions {
  readonly occlusions: readonly Occlusion[];
  /** Regions that shrink to less than one pixel, because they are tiny or lie outside the image. */
  readonly empty: readonly string[];
}

/**
 * One occlusion for each named region of a face. Coordinates are cut to whole pixels. With `bbox` the last row and the
 * last column do not belong to the box (systems.md 0.2).
 *
 * @param landmarks the 68 iBUG points, in pixels of the image.
 */
export function regionOcclusions(
  landmarks: readonly Point[],
  names: readonly RegionName[],
  options: RegionOcclusionOptions,
): RegionOcclusions {
  const { scale = 1.5, precision = 'pixel' } = options;
  return collect(names, precision, (name) => regionPolygons(name, landmarks, { scale, within: options }));
}

/**
 * The same as the published Python tool hides it, for `--compat upstream`: the landmarks of a region in index order
 * are the corners of its outline, which then crosses itself, so the opening of the mouth and most of the nose stay
 * visible (systems.md 0.2).
 */
export function upstreamRegionOcclusions(
  landmarks: readonly Point[],
  names: readonly UpstreamRegion[],
  options: RegionOcclusionOptions,
): RegionOcclusions {
  const { scale = 1.5, precision = 'pixel' } = options;
  return collect(names, precision, (name) => [upstreamRegionPolygon(name, landmarks, scale, options)]);
}

function collect<Name extends string>(
  names: readonly Name[],
  precision: 'pixel' | 'bbox',
  outline: (name: Name) => Point[][],
): RegionOcclusions {
  const occlusions: Occlusion[] = [];
  const empty: string[] = [];
  for (const name of names) {
    const polygons = outline(name).map((polygon) =>
      polygon.map(([x, y]): Point => [Math.trunc(x), Math.trunc(y)]),
    );
    const footprint = precision === 'pixel' ? outlines(polygons) : boundingBoxes(polygons);
    if (footprint === undefined) empty.push(name);
    else occlusions.push({ name, kind: 'region', footprint });
  }
  return { occlusions, empty };
}

function outlines(polygons: Point[][]): Footprint | undefined {
  const filled = polygons.filter((polygon) => polygon.length >= 3);
  return filled.length === 0 ? undefined : { shape: 'polygons', polygons: filled };
}

function boundingBoxes(polygons: Point[][]): Footprint | undefined {
  const boxes = polygons.map(boundingBox).filter(({ width, height }) => width > 0 && height > 0);
  return boxes.length === 0 ? undefined : { shape: 'boxes', boxes };
}

/** From the smallest to the largest coordinate, the largest not included. */
function boundingBox(polygon: readonly Point[]): Box {
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
