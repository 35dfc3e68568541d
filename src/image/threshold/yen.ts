import { indexOfLargest, mapHistogram } from './map-histogram.js';

/**
 * Yen's threshold by maximum correlation (IEEE Transactions on Image Processing 4(3), 1995): the middle of the bin that
 * maximises log((P (1 - P))^2 / (Q Q')), with P the share of the lower class, Q and Q' the sums of the squared shares of the
 * bins of both classes. As `skimage.filters.threshold_yen`, in float32 like there: near-ties are decided by its rounding.
 *
 * @param values finite, at least two different ones
 */
export function yen(values: ArrayLike<number>): number {
  const { counts, centres } = mapHistogram(values);
  const shares = Float32Array.from(counts, (count) => count / values.length);
  const squares = shares.map((share) => share * share);
  const share = runningSum(shares);
  const squaresBelow = runningSum(squares);
  const squaresAbove = runningSum(squares.toReversed()).reverse();
  const criterion = Float32Array.from({ length: counts.length - 1 }, (_, i) => {
    const correlation = Math.fround(1 / Math.fround(squaresBelow[i] * squaresAbove[i + 1]));
    const balance = Math.fround(share[i] * Math.fround(1 - share[i]));
    return Math.log(Math.fround(correlation * Math.fround(balance * balance)));
  });
  return centres[indexOfLargest(criterion)];
}

/** Rounds to float32 after each addition. */
function runningSum(values: Float32Array): Float32Array {
  let sum = 0;
  return values.map((value) => (sum = Math.fround(sum + value)));
}
