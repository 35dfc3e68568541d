import { pearsonCorrelation } from './pearson-correlation.js';
import { ranks } from './ranks.js';

/**
 * Spearman's rank correlation of two maps of one size, -1 to 1. Equal values share the mean of their ranks.
 *
 * @returns NaN where one of them is constant
 */
export function spearmanCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return pearsonCorrelation(ranks(a), ranks(b));
}
