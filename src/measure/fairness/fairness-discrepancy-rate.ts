import { spread } from './spread.js';

/**
 * The fairness discrepancy rate, 1 - (alpha A + (1 - alpha) B), where A and B are the largest differences between two
 * groups of FMR and of FNMR: 1 where all groups are alike (Freitas Pereira and Marcel, "Fairness in biometrics: a figure
 * of merit to assess biometric verification systems", IEEE T-BIOM 4, 2022).
 *
 * @param fmr one rate a group.
 * @param fnmr one rate a group.
 * @param alpha weight of the false matches, in [0, 1].
 */
export function fairnessDiscrepancyRate(
  fmr: readonly number[],
  fnmr: readonly number[],
  alpha = 0.5,
): number {
  return 1 - (alpha * spread(fmr).difference + (1 - alpha) * spread(fnmr).difference);
}
