import { rocCurve } from './roc-curve.js';
import type { VerificationScores } from './scores.js';

/**
 * The equal error rate and threshold as the xSSAB code computes them, for `--compat upstream`: scikit-learn's
 * `roc_curve` with `drop_intermediate` (points on a straight line between their neighbours are left out), the first
 * of its points, from the strictest threshold on, where |1 - TMR - FMR| is smallest; the rate is the FMR there.
 *
 * Use `equalErrorRate` for anything else: this one drops candidates and reports one of two unequal rates.
 *
 * @throws Problem where a class has no score
 */
export function upstreamEqualErrorRate(scores: VerificationScores): { eer: number; threshold: number } {
  const { threshold, fmr, fnmr } = rocCurve(scores);
  const genuine = Array.from(scores.genuine).filter((score) => !Number.isNaN(score)).length;
  const impostor = Array.from(scores.impostor).filter((score) => !Number.isNaN(score)).length;
  // Whole numbers, so that "on a straight line" is exact.
  const falseMatches = fmr.map((rate) => Math.round(rate * impostor));
  const trueMatches = fnmr.map((rate) => Math.round((1 - rate) * genuine));

  let best = -1;
  let lowest = Infinity;
  for (let i = 0; i < threshold.length; i++) {
    // scikit-learn thins the points before it prepends the one above all scores, so the first two always stay.
    const isInner = i > 1 && i < threshold.length - 1;
    if (isInner && isStraight(falseMatches, i) && isStraight(trueMatches, i)) continue;
    const difference = Math.abs(1 - trueMatches[i] / genuine - fmr[i]);
    if (difference < lowest) {
      lowest = difference;
      best = i;
    }
  }
  return { eer: fmr[best], threshold: threshold[best] };
}

function isStraight(counts: Float64Array, at: number): boolean {
  return counts[at - 1] - 2 * counts[at] + counts[at + 1] === 0;
}
