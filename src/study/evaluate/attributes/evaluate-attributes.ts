import { accuracy } from '../../../measure/classification/accuracy.js';
import { classRates } from '../../../measure/classification/class-rates.js';
import { type ConfusionMatrix, confusionMatrix } from '../../../measure/classification/confusion-matrix.js';
import { f1Intervals } from '../../../measure/classification/f1-intervals.js';
import { f1OfCounts } from '../../../measure/classification/f1-of-counts.js';
import { outcomeCounts } from '../../../measure/classification/outcome-counts.js';
import type { EvaluateRequest } from '../evaluate-request.js';
import { fairnessRows, type GroupedDecision } from '../fairness-rows.js';
import { type MeasureRow, rateRow, refusedRow, valueRow } from '../measure-row.js';

/** The measures of a classifier, over all images and between groups. */
export function evaluateAttributes(
  decisions: readonly GroupedDecision[],
  classes: readonly string[],
  { groupBy, seed }: EvaluateRequest,
): { readonly rows: MeasureRow[]; readonly matrix: ConfusionMatrix } {
  const matrix = confusionMatrix(decisions, classes);
  const intervals = f1Intervals(decisions, classes, { seed });
  const ofClass = classes.flatMap((name, at) => {
    const counts = outcomeCounts(matrix, name);
    const rates = classRates(counts, name);
    const f1 = f1OfCounts(counts);
    return [
      rateRow({ measure: 'recall', of: name }, rates.truePositiveRate),
      rateRow({ measure: 'precision', of: name }, rates.positivePredictiveValue),
      rateRow({ measure: 'false positive rate', of: name }, rates.falsePositiveRate),
      Number.isNaN(f1)
        ? refusedRow({ measure: 'F1', of: name }, `no image is ${name} or taken for it`)
        : valueRow({ measure: 'F1', of: name }, f1, intervals[at]),
    ];
  });
  return {
    matrix,
    rows: [
      rateRow({ measure: 'accuracy' }, accuracy(matrix)),
      ...ofClass,
      ...groupBy.flatMap((key) =>
        fairnessRows(decisions, key, { classes, positives: positivesOf(classes), seed }),
      ),
    ],
  };
}

/** Of two classes one says it all: the other's rates are its complements. */
function positivesOf(classes: readonly string[]): readonly string[] {
  return classes.length === 2 ? classes.slice(0, 1) : classes;
}
