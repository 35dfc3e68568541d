import { type Rate, rate } from '../rate.js';
import { countBelow, sortedClass } from './scores.js';

/**
 * The false match rate: the share of impostor pairs that are accepted, `#{s >= threshold} / n` (ISO/IEC 19795-1).
 * Pairs without a score (NaN) are not counted.
 *
 * @throws Problem where no impostor pair has a score
 */
export function falseMatchRate(impostor: ArrayLike<number>, threshold: number): Rate {
  const sorted = sortedClass(impostor, 'impostor');
  return rate(sorted.length - countBelow(sorted, threshold), sorted.length);
}
