import { type Rate, rate } from '../rate.js';
import { countBelow, sortedClass } from './scores.js';

/**
 * The false non-match rate: the share of genuine pairs that are rejected, `#{s < threshold} / n` (ISO/IEC 19795-1).
 * Pairs without a score (NaN) are not counted.
 *
 * @throws Problem where no genuine pair has a score
 */
export function falseNonMatchRate(genuine: ArrayLike<number>, threshold: number): Rate {
  const sorted = sortedClass(genuine, 'genuine');
  return rate(countBelow(sorted, threshold), sorted.length);
}
