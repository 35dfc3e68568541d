import jstat from 'jstat';
import { RandomState } from '../tensor/random.js';
import type { Interval } from './interval.js';

export interface BootstrapOptions {
  /** Seed of the resampling: the same seed gives the same interval. @default 0 */
  readonly seed?: number | undefined;
  /** @default 2000 */
  readonly resamples?: number | undefined;
  /** Confidence, in (0, 1). @default 0.95 */
  readonly level?: number | undefined;
  /**
   * The cluster of each observation, such as the subject. Observations of one cluster are not independent: clusters are
   * resampled whole. Without it every observation is a cluster of its own.
   */
  readonly clusters?: readonly string[] | undefined;
}

/** A mean with its bootstrap interval. */
export interface MeanInterval {
  /** NaN where `n` is 0. */
  readonly mean: number;
  /** Observations. */
  readonly n: number;
  /** Clusters that hold an observation; `n` where there are no clusters. */
  readonly clusters: number;
  /** Undefined where there are fewer than two clusters: one cluster says nothing about the spread. */
  readonly interval: Interval | undefined;
}

/**
 * The means of several quantities that were observed together, with bias-corrected and accelerated (BCa) bootstrap
 * intervals: Efron, "Better bootstrap confidence intervals", JASA 82 (1987), the acceleration by the jackknife over
 * clusters, quantiles with linear interpolation. All quantities share the same resamples, so a difference between two
 * of them is not the work of chance in the resampling.
 *
 * @param quantities one list a quantity, all of one length: the value of each observation, NaN where it is missing.
 */
export function bootstrapMeans(
  quantities: readonly ArrayLike<number>[],
  options: BootstrapOptions = {},
): MeanInterval[] {
  const { seed = 0, resamples = 2000, level = 0.95, clusters } = options;
  const { count, sums, sizes } = clusterSums(quantities, clusters);
  const means = resampledMeans(sums, sizes, count, quantities.length, resamples, new RandomState(seed));
  return quantities.map((_, quantity) => {
    const own = (values: Float64Array) =>
      Float64Array.from({ length: count }, (__, c) => values[c * quantities.length + quantity]);
    const ownSums = own(sums);
    const ownSizes = own(sizes);
    const n = total(ownSizes);
    const mean = total(ownSums) / n;
    const clustersWithValues = ownSizes.filter((size) => size > 0).length;
    return {
      mean,
      n,
      clusters: clustersWithValues,
      interval: clustersWithValues < 2 ? undefined : bca(mean, means[quantity], ownSums, ownSizes, level),
    };
  });
}

/** Sum and number of the values of every cluster and quantity, at `cluster * quantities + quantity`. */
function clusterSums(quantities: readonly ArrayLike<number>[], clusters: readonly string[] | undefined) {
  const observations = quantities[0]?.length ?? 0;
  const numbers = new Map<string, number>();
  const clusterOf = (observation: number): number => {
    if (clusters === undefined) return observation;
    const name = clusters[observation];
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  };
  const sums = new Float64Array(observations * quantities.length);
  const sizes = new Float64Array(observations * quantities.length);
  for (let observation = 0; observation < observations; observation++) {
    const first = clusterOf(observation) * quantities.length;
    quantities.forEach((values, quantity) => {
      const value = values[observation];
      if (Number.isNaN(value)) return;
      sums[first + quantity] += value;
      sizes[first + quantity]++;
    });
  }
  return { count: clusters === undefined ? observations : numbers.size, sums, sizes };
}

/** For every quantity, its mean in each resample; resamples without a value of it are left out. */
function resampledMeans(
  sums: Float64Array,
  sizes: Float64Array,
  clusters: number,
  quantities: number,
  resamples: number,
  random: RandomState,
): Float64Array[] {
  const means = Array.from({ length: quantities }, () => new Float64Array(resamples));
  const sum = new Float64Array(quantities);
  const size = new Float64Array(quantities);
  for (let resample = 0; resample < resamples; resample++) {
    sum.fill(0);
    size.fill(0);
    for (let draw = 0; draw < clusters; draw++) {
      const first = random.integer(0, clusters) * quantities;
      for (let quantity = 0; quantity < quantities; quantity++) {
        sum[quantity] += sums[first + quantity];
        size[quantity] += sizes[first + quantity];
      }
    }
    means.forEach((list, quantity) => (list[resample] = sum[quantity] / size[quantity]));
  }
  return means.map((list) => list.filter((mean) => !Number.isNaN(mean)).sort());
}

function bca(
  mean: number,
  sorted: Float64Array,
  sums: Float64Array,
  sizes: Float64Array,
  level: number,
): Interval {
  const { normal } = jstat.jStat;
  const below = sorted.filter((value) => value < mean).length;
  const notAbove = sorted.filter((value) => value <= mean).length;
  // Half a resample keeps the bias finite where all resamples lie on one side.
  const share = Math.min(Math.max((below + notAbove) / 2, 0.5), sorted.length - 0.5) / sorted.length;
  const bias = normal.inv(share, 0, 1);
  const acceleration = jackknifeAcceleration(sums, sizes);
  const end = (tail: number) => {
    const shifted = bias + normal.inv(tail, 0, 1);
    return quantile(sorted, normal.cdf(bias + shifted / (1 - acceleration * shifted), 0, 1));
  };
  return { low: end((1 - level) / 2), high: end((1 + level) / 2), level };
}

/** Efron's acceleration: a sixth of the skewness of the means that leave one cluster out. */
function jackknifeAcceleration(sums: Float64Array, sizes: Float64Array): number {
  const sum = total(sums);
  const n = total(sizes);
  const leftOut = sums
    .map((own, cluster) => (sum - own) / (n - sizes[cluster]))
    .filter((_, c) => sizes[c] > 0);
  const centre = total(leftOut) / leftOut.length;
  let squares = 0;
  let cubes = 0;
  for (const mean of leftOut) {
    squares += (centre - mean) ** 2;
    cubes += (centre - mean) ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/** The quantile of sorted values at p in [0, 1], linear between neighbours. */
function quantile(sorted: Float64Array, p: number): number {
  const position = p * (sorted.length - 1);
  const before = Math.floor(position);
  const after = Math.min(before + 1, sorted.length - 1);
  return sorted[before] + (position - before) * (sorted[after] - sorted[before]);
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
