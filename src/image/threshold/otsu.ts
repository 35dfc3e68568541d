import { indexOfLargest, mapHistogram } from './map-histogram.js';

/**
 * Otsu's threshold (IEEE Transactions on Systems, Man, and Cybernetics 9(1), 1979): the middle of the bin that, as the last of the lower class,
 * gives the largest variance between the classes. As `skimage.filters.threshold_otsu`, whose weights are float32.
 *
 * @param values finite, at least two different ones
 */
export function otsu(values: ArrayLike<number>): number {
  const { counts, centres } = mapHistogram(values);
  const bins = counts.length;
  const sums = counts.map((count, i) => count * centres[i]);
  const [below, sumBelow] = [runningSum(counts), runningSum(sums)];
  const [above, sumAbove] = [
    runningSum(counts.toReversed()).reverse(),
    runningSum(sums.toReversed()).reverse(),
  ];
  const variances = Float64Array.from({ length: bins - 1 }, (_, i) => {
    const gap = sumBelow[i] / below[i] - sumAbove[i + 1] / above[i + 1];
    return Math.fround(below[i] * above[i + 1]) * gap ** 2;
  });
  return centres[indexOfLargest(variances)];
}

function runningSum(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => (sum += value));
}
