import {
  identityBootstrap,
  type IdentityBootstrapOptions,
  type PairIdentities,
} from './identity-bootstrap.js';
import type { Interval } from './interval.js';

/**
 * The interval of the difference of two rates of the same trials (after less before) where trials share persons: the
 * persons are resampled, and each takes its trials along in both rates. See `identityBootstrap`; without persons in common
 * `pairedDifference` has a closed form.
 *
 * @param before whether each trial showed the event the first time.
 * @param after the second time, in the same order.
 * @param persons who is in each trial: the two of a pair, or one name twice.
 * @returns undefined where the resamples show no spread, as where nothing changed
 * @throws RangeError where the lists differ in length
 * @throws Problem where there are fewer than two persons
 */
export function pairedDifferenceOverPersons(
  before: readonly boolean[],
  after: readonly boolean[],
  persons: readonly PairIdentities[],
  options?: IdentityBootstrapOptions,
): Interval | undefined {
  if (after.length !== before.length || persons.length !== before.length) {
    throw new RangeError(
      `${before.length} trials before, ${after.length} after, ${persons.length} with persons.`,
    );
  }
  const changes = before.map((event, at) => Number(after[at]) - Number(event));
  const mean = (weights: Float64Array): number[] => {
    let sum = 0;
    let total = 0;
    for (let at = 0; at < changes.length; at++) {
      sum += weights[at] * changes[at];
      total += weights[at];
    }
    return [sum / total];
  };
  return identityBootstrap(persons, mean, options).intervals[0];
}
