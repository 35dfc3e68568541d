import { type Rate, rate } from '../rate.js';
import { falseNonMatchRate } from './false-non-match-rate.js';
import type { VerificationScores } from './scores.js';
import { type TargetOptions, thresholdAtFmr } from './threshold-at-fmr.js';

export interface TrueMatchRate {
  readonly threshold: number;
  /** Genuine pairs that are accepted: 1 - FNMR. `errors` counts the accepted ones. */
  readonly tmr: Rate;
  /** The rate that is reached; at most the target. */
  readonly fmr: Rate;
}

/**
 * TMR@FMR: the share of genuine pairs that are accepted at the threshold of `thresholdAtFmr`.
 *
 * @param target the FMR, such as 0.001.
 * @throws Problem where a class has no score, or too few impostor scores for the target (rule of three)
 */
export function trueMatchRateAtFmr(
  scores: VerificationScores,
  target: number,
  options: TargetOptions = {},
): TrueMatchRate {
  const { threshold, fmr } = thresholdAtFmr(scores.impostor, target, options);
  const { errors, trials } = falseNonMatchRate(scores.genuine, threshold);
  return { threshold, tmr: rate(trials - errors, trials), fmr };
}
