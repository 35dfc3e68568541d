/** Precision and recall at every threshold that makes a difference, from the strictest to the most lenient. */
export interface PrecisionRecallCurve {
  /** Every distinct score, falling. */
  readonly threshold: Float64Array;
  /** Of the images at or above the threshold, the share that is of the class. */
  readonly precision: Float64Array;
  /** Of the images of the class, the share at or above the threshold; rises to 1. */
  readonly recall: Float64Array;
  /** The sum over the points of precision times the rise of the recall: scikit-learn's `average_precision_score`. */
  readonly averagePrecision: number;
}

/**
 * The precision-recall curve of one class. Equal scores make one point: they are accepted together.
 *
 * @param positives scores of the images of the class.
 * @param negatives scores of the others; may be empty.
 * @throws RangeError where the class has no image, or a score is NaN
 */
export function precisionRecallCurve(
  positives: readonly number[],
  negatives: readonly number[],
): PrecisionRecallCurve {
  if (positives.length === 0) throw new RangeError('There is no recall without an image of the class.');
  const scored = [
    ...positives.map((score) => ({ score, positive: true })),
    ...negatives.map((score) => ({ score, positive: false })),
  ];
  if (scored.some(({ score }) => Number.isNaN(score))) throw new RangeError('A score is NaN.');
  scored.sort((a, b) => b.score - a.score);
  const threshold: number[] = [];
  const precision: number[] = [];
  const recall: number[] = [];
  let found = 0;
  let averagePrecision = 0;
  scored.forEach(({ score, positive }, at) => {
    if (positive) found++;
    if (at + 1 < scored.length && scored[at + 1].score === score) return;
    threshold.push(score);
    precision.push(found / (at + 1));
    recall.push(found / positives.length);
    averagePrecision += (recall[recall.length - 1] - (recall.at(-2) ?? 0)) * precision[precision.length - 1];
  });
  return {
    threshold: Float64Array.from(threshold),
    precision: Float64Array.from(precision),
    recall: Float64Array.from(recall),
    averagePrecision,
  };
}
