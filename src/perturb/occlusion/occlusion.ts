import type { Box, Point } from '../../image/geometry.js';

/**
 * The pixels that an occlusion hides.
 * - `boxes`: half-open areas [x, x + width) x [y, y + height), integers.
 * - `polygons`: what OpenCV's fillPoly fills, one call a polygon: even-odd rule, outline included. Integer points, at
 *   least three a polygon.
 *
 * Where there are several boxes or polygons, their union is hidden. What reaches over the border of the image is not.
 */
export type Footprint =
  | { readonly shape: 'boxes'; readonly boxes: readonly Box[] }
  | { readonly shape: 'polygons'; readonly polygons: readonly (readonly Point[])[] };

/**
 * One place that is hidden from a model. A plain object that survives JSON: `occlude` writes it beside the images and
 * `heatmaps` reads it back, so the footprint that is drawn is the footprint that was occluded.
 */
export interface Occlusion {
  /** `r0_c3` of a grid, `y16_x8` of sliding windows, or the region: `nose`, `left_eye`, ... Unique in its list. */
  readonly name: string;
  readonly kind: 'grid' | 'region' | 'window';
  readonly footprint: Footprint;
}
