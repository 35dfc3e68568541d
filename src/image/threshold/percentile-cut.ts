import type { Tensor } from '../../tensor/tensor.js';

/** A map of which only the highest values are left. */
export interface PercentileCut {
  /** A copy, 0 where the map was below the percentile. */
  readonly map: Tensor;
  readonly percentile: number;
}

/**
 * Sets every value below a percentile to 0; values equal to it stay. The map given is not changed.
 *
 * @param percent 0 to 100, of all values, linear between neighbours (`numpy.percentile`)
 */
export function percentileCut({ data, shape }: Tensor, percent = 90): PercentileCut {
  const percentile = percentileOf(data, percent);
  return { map: { data: data.map((value) => (value < percentile ? 0 : value)), shape }, percentile };
}

function percentileOf(values: Float32Array, percent: number): number {
  const rising = values.slice().sort();
  const place = (percent / 100) * (rising.length - 1);
  const below = Math.floor(place);
  const low = rising[below];
  const high = rising[Math.min(below + 1, rising.length - 1)];
  return low + (high - low) * (place - below);
}
