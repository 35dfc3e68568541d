import type { RankedVariant } from '../diagnosis/rank-variants.js';
import type { Resample } from '../resamples.js';
import type { Variant } from '../variant.js';

/** A variant with its scores. */
export interface TrialVariant extends RankedVariant {
  readonly variant: Variant;
}

/** What the variants are measured on, once it is known which images can be used. */
export interface Trial {
  readonly resample: Resample;
  /**
   * The variants that have a result for every image, with their scores.
   * @param order of the classes; the best one of each variant where left out.
   * @param mask the samples that the best orders are found on; all where left out.
   */
  readonly ranked: (order?: readonly number[], mask?: Float64Array) => TrialVariant[];
  readonly counts: Readonly<Record<string, number>>;
  /** Samples of the smallest class or kind of pairs; of pairs the number of persons, where that is smaller. */
  readonly smallest: number;
  /** Whether the samples of a mask alone can be chosen by, or measured on. */
  readonly isEnough: (mask: Float64Array) => boolean;
  readonly persons: ReadonlyMap<string, string>;
  readonly personsOf: readonly (readonly string[])[];
  readonly images: readonly string[];
  /** For classes: the share of random labels under which the best variant looks as good. */
  readonly chance: (() => number) | undefined;
}
