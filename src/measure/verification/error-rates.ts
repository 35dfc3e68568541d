import { type Rate, rate } from '../rate.js';
import { countBelow, sortedScores, type VerificationScores } from './scores.js';

/** The errors of a verification system at one threshold. */
export interface ErrorRates {
  readonly threshold: number;
  /** False match rate: impostor pairs with a score that are accepted. */
  readonly fmr: Rate;
  /** False non-match rate: genuine pairs with a score that are rejected. */
  readonly fnmr: Rate;
  /** Half total error rate, (FMR + FNMR) / 2. */
  readonly hter: number;
  /** Failure to acquire: pairs of both classes without a score (NaN). */
  readonly fta: Rate;
  /** False accept rate: impostor pairs that are accepted, among all of them; a pair without a score is rejected. */
  readonly far: Rate;
  /** False reject rate: genuine pairs that are rejected, among all of them; a pair without a score is rejected. */
  readonly frr: Rate;
}

/**
 * The error rates at a threshold; a pair is accepted where its score is at or above it.
 *
 * FAR and FRR are counted, so FAR = FMR (1 - FTA) and FRR = FTA + FNMR (1 - FTA) hold with the share of failures of
 * the class itself. Where genuine and impostor pairs fail equally often, that is the formula of ISO/IEC 19795-1.
 *
 * @throws Problem where a class has no score; `falseMatchRate` and `falseNonMatchRate` need one class only
 */
export function errorRates(scores: VerificationScores, threshold: number): ErrorRates {
  const { genuine, impostor } = sortedScores(scores);
  const accepted = impostor.length - countBelow(impostor, threshold);
  const rejected = countBelow(genuine, threshold);
  const failedGenuine = scores.genuine.length - genuine.length;
  const failedImpostor = scores.impostor.length - impostor.length;
  const fmr = rate(accepted, impostor.length);
  const fnmr = rate(rejected, genuine.length);
  return {
    threshold,
    fmr,
    fnmr,
    hter: (fmr.rate + fnmr.rate) / 2,
    fta: rate(failedGenuine + failedImpostor, scores.genuine.length + scores.impostor.length),
    far: rate(accepted, scores.impostor.length),
    frr: rate(rejected + failedGenuine, scores.genuine.length),
  };
}
