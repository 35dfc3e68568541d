import type { RandomState } from '../../../tensor/random.js';

/** How the size of a change of an image is measured, and what follows from it. Changes are in units of 8-bit samples. */
export interface Norm {
  readonly summary: string;
  /** The size of a change. */
  readonly length: (change: ArrayLike<number>) => number;
  /** Moves a change that is larger than `radius` onto the nearest one that is not, in place. */
  readonly project: (change: Float32Array, radius: number) => void;
  /** The change of size `length` that raises a function of this gradient most, to first order. All 0 for a gradient of 0. */
  readonly steepest: (gradient: ArrayLike<number>, length: number) => Float32Array;
  /** A random change of at most `radius`. */
  readonly random: (count: number, radius: number, random: RandomState) => Float32Array;
  /** A change of whole numbers near a given one that is not larger than `radius` either. */
  readonly round: (change: ArrayLike<number>, radius: number) => Int16Array;
}
