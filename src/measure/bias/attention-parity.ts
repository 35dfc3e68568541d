import { clusterBootstrap } from '../cluster-bootstrap.js';
import type { IdentityBootstrapOptions } from '../identity-bootstrap.js';
import type { Measured } from '../measured.js';

/** How much one image's map attends to each feature. */
export interface ImageAttention {
  readonly group: string;
  /** One number a feature, such as `featureAttention` or the share of the heat; NaN where the feature was not found. */
  readonly attention: readonly number[];
  /** The person in the image. Without it, an image is a person of its own. */
  readonly person?: string | undefined;
}

export interface AttentionParity {
  /** The mean attention, by feature and group; null where the group has fewer than `leastImages` with the feature. */
  readonly means: readonly (readonly Measured[])[];
  /** The largest mean less the smallest, by feature. */
  readonly differences: readonly Measured[];
  /** The mean over the features of these differences; 0 where all groups are looked at alike. */
  readonly parity: Measured;
}

/**
 * Attention parity: whether a model looks at the same features in all groups (BiasX experiments).
 *
 * @param features what the numbers of an image stand for, in the order to show.
 * @param groups all that an image can be in, in the order to show.
 * @param options `leastImages`: images that a mean needs, 10 by default.
 * @throws RangeError where an image has a group that is not listed
 */
export function attentionParity(
  images: readonly ImageAttention[],
  features: readonly string[],
  groups: readonly string[],
  {
    leastImages = 10,
    ...bootstrap
  }: IdentityBootstrapOptions & { readonly leastImages?: number | undefined } = {},
): AttentionParity {
  const groupOf = Int32Array.from(images, ({ group }) => groups.indexOf(group));
  if (groupOf.includes(-1)) throw new RangeError(`A group is not one of ${groups.join(', ')}.`);
  const cells = features.length * groups.length;

  const statistics = (weights: Float64Array): number[] => {
    const sums = new Float64Array(cells);
    const counts = new Float64Array(cells);
    images.forEach(({ attention }, image) => {
      const weight = weights[image];
      if (weight === 0) return;
      for (let feature = 0; feature < features.length; feature++) {
        const value = attention[feature];
        if (Number.isNaN(value)) continue;
        const cell = feature * groups.length + groupOf[image];
        sums[cell] += weight * value;
        counts[cell] += weight;
      }
    });
    const means = sums.map((sum, cell) => sum / counts[cell]);
    const differences = features.map((_, feature) => {
      const own = means.subarray(feature * groups.length, (feature + 1) * groups.length);
      return Math.max(...own) - Math.min(...own);
    });
    const parity = differences.reduce((sum, difference) => sum + difference, 0) / features.length;
    return [...means, ...differences, parity];
  };
  const values = statistics(new Float64Array(images.length).fill(1));
  const intervals = clusterBootstrap(
    images.map(({ person }, at) => person ?? `\0${at}`),
    statistics,
    bootstrap,
  );

  const withFeature = (feature: number, group: number): number =>
    images.filter(({ attention }, image) => groupOf[image] === group && !Number.isNaN(attention[feature]))
      .length;
  const reasons = features.map((feature, at) =>
    groups.map((group, g) => {
      const count = withFeature(at, g);
      const least = Math.max(1, leastImages);
      return count < least ? `${count} images of ${group} with ${feature}, fewer than ${least}` : undefined;
    }),
  );
  const measured = (at: number, reason: string | undefined): Measured =>
    reason === undefined ? { value: values[at], interval: intervals[at] } : { value: null, reason };
  const reasonOf = (feature: number): string | undefined =>
    groups.length < 2
      ? 'there is one group; two are compared'
      : reasons[feature].find((reason) => reason !== undefined);
  return {
    means: reasons.map((own, feature) =>
      own.map((reason, group) => measured(feature * groups.length + group, reason)),
    ),
    differences: features.map((_, feature) => measured(cells + feature, reasonOf(feature))),
    parity: measured(
      cells + features.length,
      features.map((_, feature) => reasonOf(feature)).find((reason) => reason !== undefined),
    ),
  };
}
