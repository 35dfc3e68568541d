import { indexOfLargest, mapHistogram } from './map-histogram.js';

/**
 * The triangle threshold (Zack, Rogers and Latt, Journal of Histochemistry and Cytochemistry 25(7), 1977): the middle of the
 * bin that lies farthest below the line from the histogram's peak to the end of its longer tail. As
 * `skimage.filters.threshold_triangle`.
 *
 * @param values finite, at least two different ones
 */
export function triangle(values: ArrayLike<number>): number {
  const { counts, centres } = mapHistogram(values);
  const last = counts.length - 1;
  const peak = indexOfLargest(counts);
  // The first and the last bin are never empty, so the tails reach to the ends.
  const tailAbove = peak < last - peak;
  const fromTail = tailAbove ? counts.toReversed() : counts;
  const width = tailAbove ? last - peak : peak;
  const height = counts[peak];
  const norm = Math.hypot(height, width);
  const distances = Float64Array.from(
    { length: width },
    (_, i) => (height / norm) * i - (width / norm) * fromTail[i],
  );
  const bin = indexOfLargest(distances);
  return centres[tailAbove ? last - bin : bin];
}
