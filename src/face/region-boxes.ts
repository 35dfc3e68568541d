import type { Box, Point } from '../image/geometry.js';
import type { NamedBox } from '../measure/localisation/assign-boxes.js';
import { roundHalfToEven } from '../tensor/round-half-to-even.js';
import { meshRegionPoints, meshRegions } from './mesh/mesh-regions.js';
import { faceRegions, regionPolygons, type FaceRegion } from './regions.js';

export interface RegionBoxOptions {
  /**
   * `upstream`: as BiasX draws them. Coordinates are rounded to whole pixels (half to even), and a box goes from the smallest to the
   * largest, without the pixel that the largest one names.
   */
  readonly compat?: 'upstream' | undefined;
}

/**
 * The box of each region of a face: the smallest that holds its points, each of which counts as a pixel.
 *
 * @param landmarks 468 points of the mesh, which give ten regions, or 68 iBUG points, which give eleven (the boxes of their
 *   polygons)
 * @returns in the order of the regions, which decides ties of `assignBoxes`
 */
export function regionBoxes(
  landmarks: readonly Point[],
  { compat }: RegionBoxOptions = {},
): NamedBox<FaceRegion>[] {
  const points: (readonly [FaceRegion, readonly Point[]])[] =
    landmarks.length === 468
      ? meshRegions.map((name) => [name, meshRegionPoints(name, landmarks)])
      : faceRegions.map((name) => [name, regionPolygons(name, landmarks)[0]]);
  return points.map(([name, points]) => ({ name, box: boxAbout(points, compat === 'upstream') }));
}

function boxAbout(points: readonly Point[], whole: boolean): Box {
  const place = whole ? roundHalfToEven : (value: number) => value;
  const xs = points.map(([x]) => place(x));
  const ys = points.map(([, y]) => place(y));
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  const pixel = whole ? 0 : 1;
  return { x, y, width: Math.max(...xs) - x + pixel, height: Math.max(...ys) - y + pixel };
}
