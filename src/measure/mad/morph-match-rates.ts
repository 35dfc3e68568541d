import { meanInterval } from '../mean-interval.js';
import type { BootstrapOptions, MeanInterval } from '../bootstrap-means.js';
import { type Rate, rate } from '../rate.js';
import {
  acceptedAttempts,
  type MorphAttempts,
  type MorphMatchOptions,
  requireAttempts,
} from './morph-attempts.js';

/**
 * The mated morph presentation match rate, MinMax-MMPMR: the share of morphs that every contributing person can use, each with
 * the best of their attempts. With one attempt a person it is the MMPMR (Scherhag et al., "Biometric systems under
 * morphing attacks", BIOSIG 2017).
 *
 * @throws Problem where there is no morph, or a morph lacks a person's attempts
 */
export function minMaxMmpmr(
  morphs: readonly MorphAttempts[],
  threshold: number,
  options: MorphMatchOptions = {},
): Rate {
  requireAttempts(morphs);
  const usable = morphs.filter(({ subjects }) =>
    acceptedAttempts(subjects, threshold, options).every((accepted) => accepted > 0),
  );
  return rate(usable.length, morphs.length);
}

/**
 * ProdAvg-MMPMR: the mean over the morphs of the probability that one attempt of every contributing person is accepted, the
 * product of their shares of accepted attempts (Scherhag et al., 2017). Its interval is a bootstrap over the morphs.
 *
 * @throws Problem where there is no morph, or a morph lacks a person's attempts
 */
export function prodAvgMmpmr(
  morphs: readonly MorphAttempts[],
  threshold: number,
  { onThreshold, ...bootstrap }: MorphMatchOptions & Omit<BootstrapOptions, 'clusters'> = {},
): MeanInterval {
  requireAttempts(morphs);
  const shares = morphs.map(({ subjects }) =>
    acceptedAttempts(subjects, threshold, { onThreshold }).reduce(
      (product, accepted, subject) => product * (accepted / subjects[subject].length),
      1,
    ),
  );
  return meanInterval(shares, bootstrap);
}

/**
 * The relative morph match rate, 1 + (MMPMR - TMR): above 1 - FNMR by as much as morphs pass, so a system that rejects
 * everybody does not look safe (Scherhag et al., 2017).
 *
 * @param mmpmr either of the two, in [0, 1].
 * @param fnmr of the system at the same threshold.
 */
export function relativeMorphMatchRate(mmpmr: number, fnmr: number): number {
  return 1 + (mmpmr - (1 - fnmr));
}
