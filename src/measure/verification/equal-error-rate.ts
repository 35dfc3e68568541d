import { type Rate } from '../rate.js';
import { errorRates } from './error-rates.js';
import { minimisingThreshold } from './minimising-threshold.js';
import { sortedScores, type VerificationScores } from './scores.js';

export interface EqualErrorRate {
  /** (FMR + FNMR) / 2 at `threshold`. Its interval comes from `verificationIntervals`. */
  readonly eer: number;
  readonly threshold: number;
  readonly fmr: Rate;
  readonly fnmr: Rate;
}

/**
 * The equal error rate: FMR and FNMR are both steps of the threshold and seldom meet, so the threshold is the one
 * where |FMR - FNMR| is smallest, and the rate is the mean of the two there. Thresholds lie midway between
 * neighbouring scores (the data-driven rule of bob.measure 6, `eer_threshold`); among equals the highest is taken.
 *
 * @throws Problem where a class has no score
 */
export function equalErrorRate(scores: VerificationScores): EqualErrorRate {
  const sorted = sortedScores(scores);
  const { genuine, impostor } = sorted;
  // |FMR - FNMR| times both numbers of trials, which keeps it whole.
  const threshold = minimisingThreshold(sorted, (falseMatches, falseNonMatches) =>
    Math.abs(falseMatches * genuine.length - falseNonMatches * impostor.length),
  );
  const { fmr, fnmr, hter } = errorRates(sorted, threshold);
  return { eer: hter, threshold, fmr, fnmr };
}
