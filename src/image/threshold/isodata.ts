import { mapHistogram } from './map-histogram.js';

/**
 * The ISODATA or inter-means threshold (Ridler and Calvard, IEEE Transactions on Systems, Man, and Cybernetics 8, 1978): the
 * middle of the first bin that lies, by less than a bin, below the mean of the means of both classes. As
 * `skimage.filters.threshold_isodata`.
 *
 * @param values finite, at least two different ones
 */
export function isodata(values: ArrayLike<number>): number {
  const { counts, centres } = mapHistogram(values);
  const width = centres[1] - centres[0];
  const allSum = counts.reduce((sum, count, i) => sum + count * centres[i], 0);
  let [below, sumBelow] = [0, 0];
  for (let i = 0; i < counts.length - 1; i++) {
    below += counts[i];
    sumBelow += counts[i] * centres[i];
    const means = sumBelow / below + (allSum - sumBelow) / (values.length - below);
    const distance = means / 2 - centres[i];
    if (distance >= 0 && distance < width) return centres[i];
  }
  // From bin to bin the distance falls by at most a bin, from above 0 to at most half a bin: it cannot jump over [0, bin).
  throw new RangeError('The values have no inter-means threshold: are they all finite?');
}
