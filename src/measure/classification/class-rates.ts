import { type NoRate, type Rate, supportedRate } from '../rate.js';
import type { OutcomeCounts } from './outcome-counts.js';
import { type RateKind, rateKinds, type RateName } from './rate-kinds.js';

/** The rates of one class against all others. */
export type ClassRates = Readonly<Record<RateName, Rate | NoRate>>;

/**
 * Every rate of `rateKinds`, with its exact interval.
 *
 * @param name of the class, for the reasons.
 * @param leastTrials trials that a rate needs; one with fewer is `null` with the reason.
 */
export function classRates(counts: OutcomeCounts, name: string, leastTrials = 1): ClassRates {
  const rates = Object.entries<RateKind>(rateKinds).map(([key, { events, trials, kind }]) => [
    key,
    supportedRate(events(counts), trials(counts), leastTrials, kind(name)),
  ]);
  return Object.fromEntries(rates) as ClassRates;
}
