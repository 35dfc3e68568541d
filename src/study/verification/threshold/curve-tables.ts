import { stringify } from 'csv-stringify/sync';
import { detCurve } from '../../../measure/verification/det-curve.js';
import { rocCurve } from '../../../measure/verification/roc-curve.js';
import { scoreHistogram } from '../../../measure/verification/score-histogram.js';
import type { VerificationScores } from '../../../measure/verification/scores.js';

/** The points of the ROC curve as CSV, from the strictest threshold to the most lenient. */
export function rocTable(scores: VerificationScores): string {
  const { threshold, fmr, fnmr } = rocCurve(scores);
  return stringify(
    [...threshold].map((value, at) => ({ threshold: value, fmr: fmr[at], tmr: 1 - fnmr[at] })),
    { header: true },
  );
}

/**
 * The points of the DET curve as CSV, as rates and on normal-deviate axes, where a rate of 0 or 1 stands half an error
 * from the end.
 */
export function detTable(scores: VerificationScores): string {
  const { threshold, fmr, fnmr } = rocCurve(scores);
  const deviates = detCurve(scores);
  return stringify(
    [...threshold].map((value, at) => ({
      threshold: value,
      fmr: fmr[at],
      fnmr: fnmr[at],
      fmr_deviate: deviates.fmr[at],
      fnmr_deviate: deviates.fnmr[at],
    })),
    { header: true },
  );
}

/** The histograms of both classes over common bins as CSV; a score on an edge belongs to the bin above it. */
export function histogramTable(scores: VerificationScores): string {
  const { edges, genuine, impostor } = scoreHistogram(scores);
  return stringify(
    [...genuine].map((count, bin) => ({
      low: edges[bin],
      high: edges[bin + 1],
      genuine: count,
      impostor: impostor[bin],
    })),
    { header: true },
  );
}
