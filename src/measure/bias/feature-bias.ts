import { clusterBootstrap } from '../cluster-bootstrap.js';
import { benjaminiHochberg } from '../groups/benjamini-hochberg.js';
import { holm } from '../groups/holm.js';
import { permutationTest, type PermutationTestOptions } from '../groups/permutation-test.js';
import type { IdentityBootstrapOptions } from '../identity-bootstrap.js';
import type { Measured } from '../measured.js';
import { type NoRate, type Rate, supportedRate } from '../rate.js';
import {
  type ActivatedFeatures,
  featureCounts,
  featureSpreads,
  type PersonActivity,
  personActivity,
} from './feature-activity.js';
import { scoreByChance, type ScoreByChance } from './score-by-chance.js';

export interface FeatureBiasOptions extends IdentityBootstrapOptions, PermutationTestOptions {
  /**
   * The features that the overall score is the mean over: all of the list (the notebook), or those that are active in at
   * least one of the images (the BiasX library), which makes the score larger.
   * @default 'all'
   */
  readonly over?: 'all' | 'observed' | undefined;
  /** Images that each group needs. @default 10 */
  readonly leastImages?: number | undefined;
}

export interface FeatureBiases {
  readonly groups: readonly { readonly group: string; readonly images: number; readonly persons: number }[];
  readonly features: readonly FeatureBias[];
  /** The BiasX score: the mean of the features' biases. */
  readonly score: Measured;
  readonly over: 'all' | 'observed';
  /**
   * What the score is where the groups do not differ: a mean of absolute differences is above 0 in any finite sample.
   * Undefined where there is no score.
   */
  readonly chance: ScoreByChance | undefined;
}

export interface FeatureBias {
  readonly feature: string;
  /** P(f|g): the share of the group's images in which the feature is active; in the order of the groups. */
  readonly probability: readonly (Rate | NoRate)[];
  /** The largest probability less the smallest; of two groups their absolute difference. */
  readonly bias: Measured;
  /** `permutationTest` over persons, whether all groups have one probability; NaN where they are too few. */
  readonly p: number;
  /** Corrected for the number of features: the probability of one false finding. */
  readonly holm: number;
  /** Corrected for the number of features: the share of false findings. */
  readonly benjaminiHochberg: number;
}

/**
 * The BiasX measures: for every feature and group the probability P(f|g) that the feature is active, the difference
 * between the groups, and the mean over the features (github.com/rixmape/biasx, `calculators.py`).
 *
 * Given the misclassified images, they tell which features the mistakes lean on, and for whom. Given all images, they are
 * the distribution bias of BiasX's later experiments.
 *
 * @param images those to count: the misclassified ones, or all.
 * @param features all that an image can have, in the order to show.
 * @param groups all that an image can be in, in the order to show. One with fewer than `leastImages` leaves no bias and
 *   no score, only the reason; merge or drop it.
 * @throws RangeError where an image has a feature or a group that is not listed
 */
export function featureBias(
  images: readonly ActivatedFeatures[],
  features: readonly string[],
  groups: readonly string[],
  { over = 'all', leastImages = 10, permutations, ...bootstrap }: FeatureBiasOptions = {},
): FeatureBiases {
  const persons = personActivity(images, features, groups);
  const groupOf = Int32Array.from(persons, ({ group }) => group);
  const counted = (weights: ArrayLike<number>, ofPerson: Int32Array) =>
    featureCounts(persons, weights, ofPerson, groups.length, features.length);
  const once = new Float64Array(persons.length).fill(1);
  const observed = counted(once, groupOf);

  const probability = features.map((_, feature) =>
    groups.map((group, at) =>
      supportedRate(observed.active[at][feature], observed.images[at], leastImages, `images of ${group}`),
    ),
  );
  const reason = reasonAgainst(groups, probability[0] ?? []);
  const scored = features
    .map((_, feature) => feature)
    .filter((feature) => over === 'all' || observed.active.some((counts) => counts[feature] > 0));
  const scoreOf = (biases: readonly number[]) =>
    scored.reduce((sum, feature) => sum + biases[feature], 0) / scored.length;
  const statistics = (weights: ArrayLike<number>, ofPerson: Int32Array): number[] => {
    const biases = featureSpreads(counted(weights, ofPerson));
    return [...biases, scoreOf(biases)];
  };

  const values = reason === undefined ? statistics(once, groupOf) : [];
  const intervals =
    reason === undefined
      ? clusterBootstrap(
          persons.map(({ person }) => person),
          (weights) => statistics(weights, groupOf),
          bootstrap,
        )
      : [];
  const measured = (at: number): Measured =>
    reason === undefined ? { value: values[at], interval: intervals[at] } : { value: null, reason };

  const test: PermutationTestOptions = { seed: bootstrap.seed, permutations };
  const p = features.map((_, feature) =>
    reason === undefined
      ? (permutationTest(sharesByGroup(persons, feature, groups.length), test)?.p ?? Number.NaN)
      : Number.NaN,
  );
  const [family, discovery] = [holm(p), benjaminiHochberg(p)];
  const hasScore = reason === undefined && scored.length > 0;
  return {
    groups: groups.map((group, at) => ({
      group,
      images: observed.images[at],
      persons: persons.filter((person) => person.group === at).length,
    })),
    features: features.map((feature, at) => ({
      feature,
      probability: probability[at],
      bias: measured(at),
      p: p[at],
      holm: family[at],
      benjaminiHochberg: discovery[at],
    })),
    score:
      hasScore || reason !== undefined
        ? measured(features.length)
        : { value: null, reason: 'no feature is active in any image' },
    over,
    chance: hasScore
      ? scoreByChance(groupOf, (ofPerson) => statistics(once, ofPerson)[features.length], test)
      : undefined,
  };
}

function reasonAgainst(
  groups: readonly string[],
  probabilities: readonly (Rate | NoRate)[],
): string | undefined {
  if (groups.length < 2) return `there is one group; two are compared`;
  return probabilities.find((probability): probability is NoRate => probability.rate === null)?.reason;
}

/** The share of each person's images in which the feature is active, by group. */
function sharesByGroup(persons: readonly PersonActivity[], feature: number, groups: number): number[][] {
  return Array.from({ length: groups }, (_, group) =>
    persons.filter((person) => person.group === group).map(({ active, images }) => active[feature] / images),
  );
}
