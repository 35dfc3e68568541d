import type { RandomState } from '../../tensor/random.js';
import { balanced } from './balanced.js';
import { independent } from './independent.js';
import { paired } from './paired.js';

/**
 * How random masks over segments are drawn. In every design a single mask shows each segment with probability 1/2,
 * independently of the others: all designs estimate the same thing, and differ in how the masks of a block go together.
 */
export interface MaskDesign {
  readonly summary: string;
  /** Masks that are drawn together; blocks are independent of each other. */
  readonly block: (segments: number) => number;
  /** Masks in a row that standard errors take for one draw; it divides the block. */
  readonly cluster: number;
  /** One block: its masks one after the other, each of `segments` bytes, 1 where a segment is shown. */
  readonly draw: (random: RandomState, segments: number) => Uint8Array;
}

/** Every design by its name on the command line. */
export const maskDesigns = { independent, paired, balanced } as const satisfies Readonly<
  Record<string, MaskDesign>
>;

export type MaskDesignName = keyof typeof maskDesigns;
