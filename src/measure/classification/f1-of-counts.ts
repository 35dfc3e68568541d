import type { OutcomeCounts } from './outcome-counts.js';

/**
 * The F1 score of a class: the harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN). It is no share of trials, so
 * its interval comes from a bootstrap.
 *
 * @returns NaN where no image is of the class and none is taken for it
 */
export function f1OfCounts({ truePositives, falsePositives, falseNegatives }: OutcomeCounts): number {
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives);
}
