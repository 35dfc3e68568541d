import { z } from 'zod';
import type { Occlusion } from './occlusion.js';

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
