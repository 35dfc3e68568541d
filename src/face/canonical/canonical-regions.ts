import { fillPolygon } from '../../image/fill-polygon.js';
import type { Point } from '../../image/geometry.js';
import type { OpenCv } from '../../image/opencv.js';
import { blankImage } from '../../image/raster-image.js';
import { type FaceRegion, faceRegions, regionPolygons } from '../regions.js';
import { canonicalFace } from './canonical-face.js';

/** The pixels of the eleven regions on the canonical face: masks of 275 x 224 samples, 1 inside and 0 outside. */
export function canonicalRegions(cv: OpenCv): Record<FaceRegion, Uint8Array> {
  const { width, height, landmarks } = canonicalFace();
  const maskOf = (region: FaceRegion) =>
    regionPolygons(region, landmarks).reduce(
      (mask, polygon) =>
        fillPolygon(
          cv,
          mask,
          polygon.map(([x, y]): Point => [Math.round(x), Math.round(y)]),
          [1],
        ),
      blankImage(width, height, 1),
    ).data;
  return Object.fromEntries(faceRegions.map((region) => [region, maskOf(region)])) as Record<
    FaceRegion,
    Uint8Array
  >;
}
