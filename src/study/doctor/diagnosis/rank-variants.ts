import { compareWithReference, type Comparison } from '../../../measure/compare-with-reference.js';
import type { Resample } from '../resamples.js';
import type { Measures, VariantScores } from '../variant-scores.js';

/** A variant as the ranking sees it. */
export interface RankedVariant {
  readonly scores: VariantScores;
  /** The further from convention, the larger. */
  readonly unusual: number;
}

export interface Ranking {
  /** The variant to use. */
  readonly chosen: number;
  readonly values: readonly Measures[];
  /** Each variant against the chosen one. */
  readonly first: readonly Comparison[];
  readonly second: readonly Comparison[];
  /** Whether the samples show that a variant is worse than the chosen one, and in which measure. */
  readonly worse: readonly ('first' | 'second' | undefined)[];
  /** The variants within one standard error of the best in both measures. */
  readonly alike: readonly number[];
}

export interface RankOptions {
  readonly resamples: number;
  readonly seed: number;
  /** A variant that is chosen where it is among those alike: the user's card. */
  readonly prefer?: number | undefined;
  /** Which samples count, 0 or 1; all where left out. */
  readonly mask?: Float64Array | undefined;
  /** Whether the samples are enough to tell differences in the first measure. */
  readonly enough: boolean;
}

/** Second measures that differ by no more are taken for equal: a hundredth of right decisions, or of d'. */
const equal = 0.01;

/**
 * Ranks variants by the first measure and those within one standard error of the best by the second; where that is equal
 * too, the most conventional is chosen. What the samples show to be different is another question: see `worse`.
 */
export function rankVariants(
  variants: readonly RankedVariant[],
  resample: Resample,
  { resamples, seed, prefer, mask, enough }: RankOptions,
): Ranking {
  const drawn: number[][][] = [[], [], []];
  let samples = 0;
  resample(
    (weights) => {
      samples = weights.length;
      const own = mask === undefined ? weights : weights.map((weight, i) => weight * mask[i]);
      const measured = variants.map(({ scores }) => scores.measures(own));
      drawn.forEach((rows, which) => rows.push(measured.map((each) => each[which])));
    },
    resamples,
    seed,
  );
  const all = mask ?? new Float64Array(samples).fill(1);
  const values = variants.map(({ scores }) => scores.measures(all));
  const valuesOf = (which: number) => values.map((each) => each[which]);
  const against = (which: number, reference: number) =>
    compareWithReference(valuesOf(which), drawn[which], reference);

  const everyone = variants.map((_, at) => at);
  const near = withinOneError(everyone, 0);
  const alike = withinOneError(near, 1);
  const chosen =
    prefer !== undefined && alike.includes(prefer)
      ? prefer
      : equals(near).reduce((top, at) => (goesBefore(at, top) ? at : top));

  const first = against(0, chosen);
  const told = against(enough ? 1 : 2, chosen);
  return {
    chosen,
    values,
    first,
    second: against(1, chosen),
    worse: everyone.map((at) => {
      if (enough && first[at].worse) return 'first';
      return told[at].worse ? 'second' : undefined;
    }),
    alike,
  };

  function withinOneError(members: readonly number[], which: number): number[] {
    const best = members.reduce((top, at) => (values[at][which] > values[top][which] ? at : top));
    const comparisons = against(which, best);
    // One that is better than another one of them is among them too, however small its own standard error is.
    const lowest = Math.min(
      ...members.filter((at) => comparisons[at].withinOneError).map((at) => values[at][which]),
    );
    return members.filter((at) => values[at][which] >= lowest);
  }

  function equals(members: readonly number[]): number[] {
    const best = Math.max(...members.map((at) => values[at][1]));
    return members.filter((at) => values[at][1] >= best - equal);
  }

  function goesBefore(at: number, other: number): boolean {
    const difference = variants[at].unusual - variants[other].unusual;
    if (difference !== 0) return difference < 0;
    const [[own, ownSecond], [than, thanSecond]] = [values[at], values[other]];
    return own > than || (own === than && ownSecond > thanSecond);
  }
}
