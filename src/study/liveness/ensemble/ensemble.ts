import { z } from 'zod';
import { fusions } from '../../../measure/fusion/fusion.js';

const member = z.strictObject({
  /** A model file, or the name of a zoo entry. */
  model: z.string().min(1),
  /** Its card; looked for as everywhere where left out. */
  card: z.string().min(1).optional(),
  /** How the member is called in tables. @default the name on its card */
  name: z.string().min(1).optional(),
  /** The kinds of attack that it is meant to find, such as print, replay or mask. Needed by the fusion `any`. */
  guards: z.array(z.string().min(1)).optional(),
  /** Counts in the fusion `weighted`. @default 1 */
  weight: z.number().positive().optional(),
  /** P(attack) above it is an attack. @default 0.5 */
  threshold: z.number().gt(0).lt(1).optional(),
});

/** The description of an ensemble: its members and how their P(attack) become one. A JSON file, or put together from options. */
export const ensembleSchema = z.strictObject({
  /** In one line: what it is, and where its numbers come from. */
  what: z.string().optional(),
  fusion: z.enum(fusions).optional(),
  /** A fused P(attack) above it is an attack. @default 0.5 */
  threshold: z.number().gt(0).lt(1).optional(),
  /** The file of a fitted fusion, for `logistic`; relative to the ensemble's file. */
  fit: z.string().min(1).optional(),
  members: z.array(member).min(1),
});

export type EnsembleDescription = z.infer<typeof ensembleSchema>;
export type MemberDescription = EnsembleDescription['members'][number];
