/** How often the values of a map fall into bins of equal width from its smallest to its largest value. */
export interface MapHistogram {
  readonly counts: Float64Array;
  /** The middle of each bin. */
  readonly centres: Float64Array;
}

/** scikit-image's number of bins. */
const BINS = 256;

/**
 * The histogram that scikit-image's thresholds start from (`numpy.histogram`, 256 bins): a bin includes its lower edge,
 * the last one its upper edge too.
 *
 * @param values finite, at least two different ones
 */
export function mapHistogram(values: ArrayLike<number>): MapHistogram {
  let [lowest, highest] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    lowest = Math.min(lowest, values[i]);
    highest = Math.max(highest, values[i]);
  }
  const step = (highest - lowest) / BINS;
  const edges = Float64Array.from({ length: BINS + 1 }, (_, i) => (i === BINS ? highest : lowest + i * step));
  const scale = BINS / (highest - lowest);
  const counts = new Float64Array(BINS);
  for (let i = 0; i < values.length; i++) {
    let bin = Math.min(Math.floor((values[i] - lowest) * scale), BINS - 1);
    // The product can miss an edge by its rounding.
    if (values[i] < edges[bin]) bin--;
    else if (bin < BINS - 1 && values[i] >= edges[bin + 1]) bin++;
    counts[bin]++;
  }
  return { counts, centres: Float64Array.from(counts, (_, i) => (edges[i] + edges[i + 1]) / 2) };
}

/** The place of the largest value, the first of equal ones. */
export function indexOfLargest(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[largest]) largest = i;
  return largest;
}
