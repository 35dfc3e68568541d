import { identityBootstrap, type IdentityBootstrapOptions } from './identity-bootstrap.js';
import type { Interval } from './interval.js';

/** The share of resamples that may lack a statistic before its interval says something about the others only. */
const mostDiscarded = 0.05;

/**
 * Percentile intervals of statistics over observations, by resampling clusters of them, such as all images of a person.
 *
 * @param clusters the cluster of each observation.
 * @param statistics the statistics for the given weight (0, 1, 2, ...) of each observation, which is the weight of its
 *   cluster; NaN where there is none. The weights are reused from call to call.
 * @returns one a statistic; undefined where it has no spread, where more than one in twenty resamples lack it, and for
 *   all where there are fewer than two clusters
 */
export function clusterBootstrap(
  clusters: readonly string[],
  statistics: (weights: Float64Array) => readonly number[],
  options: IdentityBootstrapOptions = {},
): readonly (Interval | undefined)[] {
  if (new Set(clusters).size < 2) return [];
  return supportedIntervals(
    identityBootstrap(
      clusters.map((cluster) => [cluster, cluster]),
      statistics,
      options,
    ),
  );
}

/** The intervals of a bootstrap, without those that more than one in twenty resamples say nothing about. */
export function supportedIntervals({
  intervals,
  discarded,
  resamples,
}: ReturnType<typeof identityBootstrap>): (Interval | undefined)[] {
  return intervals.map((interval, at) => (discarded[at] > mostDiscarded * resamples ? undefined : interval));
}
