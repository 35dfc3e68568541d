/**
 * Li's threshold of minimum cross entropy (Pattern Recognition 26(4), 1993) by the iteration of Li and Tam (Pattern
 * Recognition Letters 18(8), 1998): from the mean, the logarithmic mean of both classes' means, until it moves by at most half
 * the smallest difference between values. Values count from the smallest one. As `skimage.filters.threshold_li`.
 *
 * Where many values are the smallest (a map after a percentile cut) their class has the mean 0, and so has the logarithmic
 * mean: the threshold is the smallest value.
 *
 * @param values finite, at least two different ones
 */
export function li(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const lowest = sorted[0];
  const shifted = sorted.map((value) => value - lowest);
  let tolerance = Infinity;
  for (let i = 1; i < shifted.length; i++) {
    const gap = shifted[i] - shifted[i - 1];
    if (gap > 0) tolerance = Math.min(tolerance, gap / 2);
  }
  const sums = runningSum(shifted);
  const { length } = shifted;
  let current = -2 * tolerance;
  let next = sums[length] / length;
  while (Math.abs(next - current) > tolerance) {
    current = next;
    const background = countUpTo(shifted, current);
    const backMean = sums[background] / background;
    const foreMean = (sums[length] - sums[background]) / (length - background);
    next = (backMean - foreMean) / (Math.log(backMean) - Math.log(foreMean));
  }
  return next + lowest;
}

/** Sums of the first 0, 1, 2, ... values. */
function runningSum(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i] + values[i];
  return sums;
}

/** How many of the rising values are at most `bound`. */
function countUpTo(rising: Float64Array, bound: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
