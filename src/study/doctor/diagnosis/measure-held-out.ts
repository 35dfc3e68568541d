import type { Diagnosis, Measured } from '../doctor-findings.js';
import type { Trial, TrialVariant } from '../trial/trial.js';
import { errorRateOf } from './error-rate-of.js';
import { halvesOf, heldOut } from './held-out.js';
import { quickResamples, withOneOrder } from './with-one-order.js';

/** Fewest samples of a class, and persons, for a choice on one half and a measure on the other. */
export const fewestToHoldOut = 10;

/** The first measure of a trial with the choice made on other persons; `null` where there are too few. */
export function measureHeldOut(
  trial: Trial,
  ranked: readonly TrialVariant[],
  { pairs, resamples, seed }: { readonly pairs: boolean; readonly resamples: number; readonly seed: number },
): Diagnosis['heldOut'] {
  if (trial.smallest < fewestToHoldOut) return null;
  const halves = halvesOf(trial.persons, seed);
  const masks = ([0, 1] as const).map((half) =>
    Float64Array.from(trial.personsOf, (persons) =>
      persons.every((person) => halves.get(person) === half) ? 1 : 0,
    ),
  ) as [Float64Array, Float64Array];
  if (!masks.every(trial.isEnough)) return null;
  const learnedFrom = (mask: Float64Array) =>
    withOneOrder(trial, { resamples: quickResamples, seed, enough: true, mask });
  const out = heldOut(masks, learnedFrom, trial.resample, { resamples, seed });
  const measured: Measured = { value: out.value, interval: out.interval ?? null };
  return {
    ...(pairs ? errorRateOf(measured) : measured),
    chosen: out.chosen.map((at) => ranked[at].variant.name),
  };
}
