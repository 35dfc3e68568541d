import { roundHalfToEven } from '../../tensor/round-half-to-even.js';
import { type ActivatedFeatures, featureCounts, personActivity } from './feature-activity.js';

/** The numbers of the BiasX library. */
export interface UpstreamFeatureBias {
  /** The features that are active in any image, in the order of the list. */
  readonly features: readonly {
    readonly feature: string;
    readonly bias: number;
    /** In the order of the groups. */
    readonly probability: readonly number[];
  }[];
  readonly score: number;
}

/**
 * The feature biases as the BiasX library computes them, for `--compat upstream`: the probability of a group without a
 * misclassified image is 0, the score is the mean over the features that were seen, nothing is said about the size of the
 * sample, and probabilities, biases and score are each rounded to 3 decimals.
 *
 * Use `featureBias` for anything else.
 *
 * @param images the misclassified ones.
 * @throws RangeError where an image has a feature or a group that is not listed
 */
export function upstreamFeatureBias(
  images: readonly ActivatedFeatures[],
  features: readonly string[],
  groups: readonly [first: string, second: string],
): UpstreamFeatureBias {
  const persons = personActivity(images, features, groups);
  const { images: counts, active } = featureCounts(
    persons,
    persons.map(() => 1),
    persons.map(({ group }) => group),
    groups.length,
    features.length,
  );
  const seen = features.flatMap((feature, at) => {
    if (active.every((own) => own[at] === 0)) return [];
    const probability = groups.map((_, group) =>
      counts[group] === 0 ? 0 : rounded(active[group][at] / counts[group]),
    );
    return [{ feature, bias: rounded(Math.abs(probability[0] - probability[1])), probability }];
  });
  const sum = seen.reduce((total, { bias }) => total + bias, 0);
  return { features: seen, score: seen.length === 0 ? 0 : rounded(sum / seen.length) };
}

/** Python's `round(value, 3)`: to the nearest; exactly between two, which only sixteenths can be, to the even one. */
function rounded(value: number): number {
  return Number.isInteger(16 * value) ? roundHalfToEven(1000 * value) / 1000 : Number(value.toFixed(3));
}
