import { type Rate } from '../rate.js';
import { errorRates } from './error-rates.js';
import { minimisingThreshold } from './minimising-threshold.js';
import { sortedScores, type VerificationScores } from './scores.js';

export interface WeightedError {
  /** `cost FMR + (1 - cost) FNMR` at `threshold`. */
  readonly error: number;
  readonly threshold: number;
  readonly fmr: Rate;
  readonly fnmr: Rate;
}

/**
 * The threshold at which `cost FMR + (1 - cost) FNMR` is smallest; cost 0.5 gives the minimum half total error rate.
 * Thresholds and ties as in `equalErrorRate` (bob.measure 6, `min_weighted_error_rate_threshold`).
 *
 * A minimum over the very scores it is reported on is too good: choose the threshold on other data than the report's.
 *
 * @param costOfFmr in [0, 1].
 * @throws Problem where a class has no score
 */
export function minimumWeightedError(scores: VerificationScores, costOfFmr = 0.5): WeightedError {
  if (!(costOfFmr >= 0 && costOfFmr <= 1))
    throw new RangeError(`A cost lies in [0, 1]; ${costOfFmr} does not.`);
  const sorted = sortedScores(scores);
  const { genuine, impostor } = sorted;
  const threshold = minimisingThreshold(
    sorted,
    (falseMatches, falseNonMatches) =>
      costOfFmr * falseMatches * genuine.length + (1 - costOfFmr) * falseNonMatches * impostor.length,
  );
  const { fmr, fnmr } = errorRates(sorted, threshold);
  return { error: costOfFmr * fmr.rate + (1 - costOfFmr) * fnmr.rate, threshold, fmr, fnmr };
}
