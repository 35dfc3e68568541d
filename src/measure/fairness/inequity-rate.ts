import { spread } from './spread.js';

/**
 * The inequity rate, A^alpha B^(1 - alpha), where A and B are the largest over the smallest FMR and FNMR of the groups: 1
 * where all groups are alike (Grother, "Demographic differentials in face recognition algorithms", NIST, 2021).
 *
 * @param fmr one rate a group.
 * @param fnmr one rate a group.
 * @param alpha weight of the false matches, in [0, 1].
 * @returns NaN where a rate is 0: there is no ratio to it
 */
export function inequityRate(fmr: readonly number[], fnmr: readonly number[], alpha = 0.5): number {
  return maxToMin(fmr) ** alpha * maxToMin(fnmr) ** (1 - alpha);
}

/** The largest rate over the smallest; NaN where a rate is 0. */
export function maxToMin(rates: readonly number[]): number {
  return rates.includes(0) ? Number.NaN : 1 / spread(rates).ratio;
}
