import jstat from 'jstat';
import type { Interval } from './interval.js';

/** How a rate moves where the same trials are made twice, such as the images of a group as they are and with a part hidden. */
export interface PairedDifference {
  readonly trials: number;
  /** Trials that showed the event the first time, and the second. */
  readonly before: number;
  readonly after: number;
  /** Trials that showed the event the second time only, and the first time only. */
  readonly gained: number;
  readonly lost: number;
  /** The rate after less the rate before, -1 to 1. */
  readonly difference: number;
  /** Agresti and Min, Statistics in Medicine 24 (2005): Wald's interval after half a trial is added to each of the four cells. */
  readonly interval: Interval;
  /** McNemar's exact test that the rate does not move: two-sided, by the binomial distribution of the trials that change. */
  readonly p: number;
}

/**
 * The difference of two rates of the same trials.
 *
 * @param before whether each trial showed the event the first time.
 * @param after the second time, in the same order.
 * @param level confidence of the interval, in (0, 1).
 * @returns undefined where there is no trial
 * @throws RangeError where the lists differ in length
 */
export function pairedDifference(
  before: readonly boolean[],
  after: readonly boolean[],
  level = 0.95,
): PairedDifference | undefined {
  const trials = before.length;
  if (after.length !== trials) throw new RangeError(`${trials} trials before, ${after.length} after.`);
  if (trials === 0) return undefined;
  const gained = before.filter((event, at) => !event && after[at]).length;
  const lost = before.filter((event, at) => event && !after[at]).length;
  const [n, b, c] = [trials + 2, gained + 0.5, lost + 0.5];
  const centre = (b - c) / n;
  const deviate = jstat.jStat.normal.inv((1 + level) / 2, 0, 1);
  const half = (deviate * Math.sqrt(b + c - (b - c) ** 2 / n)) / n;
  return {
    trials,
    before: before.filter(Boolean).length,
    after: after.filter(Boolean).length,
    gained,
    lost,
    difference: (gained - lost) / trials,
    interval: { low: Math.max(-1, centre - half), high: Math.min(1, centre + half), level },
    p: mcNemar(gained, lost),
  };
}

function mcNemar(gained: number, lost: number): number {
  const changed = gained + lost;
  // The terms of the smaller tail rise, so all are taken relative to the last one: a power of a half would vanish.
  const smaller = Math.min(gained, lost);
  let logLast = changed * Math.log(0.5);
  for (let k = 1; k <= smaller; k++) logLast += Math.log((changed - k + 1) / k);
  let sum = 1;
  let term = 1;
  for (let k = smaller; k >= 1; k--) {
    term *= k / (changed - k + 1);
    sum += term;
  }
  return Math.min(1, 2 * Math.exp(logLast) * sum);
}
