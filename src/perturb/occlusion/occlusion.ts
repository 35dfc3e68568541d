import { z } from 'zod';
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

const integerPoint = z.tuple([z.int(), z.int()]).readonly();

const integerBox = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
});

const footprint = z.discriminatedUnion('shape', [
  z.strictObject({
    shape: z.literal('boxes'),
    boxes: z.array(integerBox).min(1).readonly(),
  }),
  z.strictObject({
    shape: z.literal('polygons'),
    polygons: z.array(z.array(integerPoint).min(3).readonly()).min(1).readonly(),
  }),
]);

/** Checks an occlusion that was read from a file. */
export const occlusionSchema: z.ZodType<Occlusion> = z.strictObject({
  name: z.string().min(1),
  kind: z.enum(['grid', 'region', 'window']),
  footprint,
});
