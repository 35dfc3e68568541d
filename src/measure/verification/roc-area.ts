import { rocCurve } from './roc-curve.js';
import type { VerificationScores } from './scores.js';

/**
 * The area under the ROC curve (TMR over FMR): the probability that a genuine score is above an impostor score, ties
 * counting half (Hanley and McNeil, Radiology 143, 1982). Exact: the trapezoids over all points.
 *
 * @throws Problem where a class has no score
 */
export function rocArea(scores: VerificationScores): number {
  const { fmr, fnmr } = rocCurve(scores);
  let area = 0;
  for (let i = 1; i < fmr.length; i++) {
    area += (fmr[i] - fmr[i - 1]) * (1 - (fnmr[i] + fnmr[i - 1]) / 2);
  }
  return area;
}
