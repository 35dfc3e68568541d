import type { ConfusionMatrix } from './confusion-matrix.js';

/** The outcomes of one class against all others. Whole numbers, or sums of weights. */
export interface OutcomeCounts {
  readonly truePositives: number;
  readonly falseNegatives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
}

/**
 * The outcomes of a class against all others of a confusion matrix.
 *
 * @throws RangeError where the matrix does not hold the class
 */
export function outcomeCounts({ classes, counts, total }: ConfusionMatrix, name: string): OutcomeCounts {
  const at = classes.indexOf(name);
  if (at === -1) throw new RangeError(`${name} is not one of ${classes.join(', ')}.`);
  const truePositives = counts[at][at];
  const actual = counts[at].reduce((sum, count) => sum + count, 0);
  const predicted = counts.reduce((sum, row) => sum + row[at], 0);
  return {
    truePositives,
    falseNegatives: actual - truePositives,
    falsePositives: predicted - truePositives,
    trueNegatives: total - actual - predicted + truePositives,
  };
}
