import { type BootstrapOptions, bootstrapMeans, type MeanInterval } from './bootstrap-means.js';

/**
 * The mean of values with a BCa bootstrap interval; see `bootstrapMeans`.
 *
 * @param values NaN where an observation has none.
 */
export function meanInterval(values: ArrayLike<number>, options: BootstrapOptions = {}): MeanInterval {
  return bootstrapMeans([values], options)[0];
}
