import { percentileInterval } from '../../../measure/compare-with-reference.js';
import type { Interval } from '../../../measure/interval.js';
import { RandomState } from '../../../tensor/random.js';
import { type RankedVariant, rankVariants } from './rank-variants.js';
import type { Resample } from '../resamples.js';

/** The first measure of the variant that one half of the persons chooses, on the other half; both ways, averaged. */
export interface HeldOut {
  readonly value: number;
  readonly interval: Interval | undefined;
  /** The variants that the halves chose. */
  readonly chosen: readonly [number, number];
}

/**
 * Allows for the choice of the best among many: two-fold cross-fitting.
 *
 * @param masks which samples belong to each half; a sample may belong to neither.
 * @param variantsOf the variants with everything that is learned from samples (the order of the classes) learned from
 *   those of a mask.
 */
export function heldOut(
  masks: readonly [Float64Array, Float64Array],
  variantsOf: (mask: Float64Array) => readonly RankedVariant[],
  resample: Resample,
  { resamples, seed }: { readonly resamples: number; readonly seed: number },
): HeldOut {
  const halves = masks.map((mask, half) => {
    const variants = variantsOf(mask);
    const options = { resamples: Math.min(resamples, 200), seed, mask, enough: true };
    const { chosen } = rankVariants(variants, resample, options);
    return { chosen, measures: variants[chosen].scores.measures, mask: masks[1 - half] };
  });
  const on = (weights: Float64Array | undefined) =>
    halves
      .map(
        ({ measures, mask }) =>
          measures(weights === undefined ? mask : mask.map((own, i) => own * weights[i]))[0],
      )
      .reduce((sum, value) => sum + value / halves.length, 0);
  const drawn: number[] = [];
  resample((weights) => void drawn.push(on(weights)), resamples, seed);
  return {
    value: on(undefined),
    interval: percentileInterval(drawn),
    chosen: [halves[0].chosen, halves[1].chosen],
  };
}

/** Two halves of the persons, each with all that is said of a person; those of one kind are dealt out evenly. */
export function halvesOf(persons: ReadonlyMap<string, string>, seed: number): ReadonlyMap<string, 0 | 1> {
  const kinds = new Map<string, string[]>();
  for (const [person, kind] of persons) kinds.set(kind, [...(kinds.get(kind) ?? []), person]);
  const halves = new Map<string, 0 | 1>();
  let next = 0;
  for (const [at, kind] of [...kinds.keys()].sort().entries()) {
    const own = kinds.get(kind)!.sort();
    for (const i of new RandomState([seed, at]).permutation(own.length))
      halves.set(own[i], (next++ % 2) as 0 | 1);
  }
  return halves;
}
