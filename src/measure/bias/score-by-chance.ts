import type { PermutationTestOptions } from '../groups/permutation-test.js';
import { RandomState } from '../../tensor/random.js';

/** What a score is where groups are made at random. */
export interface ScoreByChance {
  /** The mean score of random groups of the same sizes. */
  readonly mean: number;
  /** (1 + random groups with a score at least as large as the observed) / (1 + random groups drawn). */
  readonly p: number;
}

/**
 * The score that chance alone gives: the persons are dealt to groups of the same sizes at random.
 *
 * @param groupOf the group of each person.
 * @param scoreOf the score for a group of each person.
 */
export function scoreByChance(
  groupOf: ArrayLike<number>,
  scoreOf: (groupOf: Int32Array) => number,
  { seed = 0, permutations = 9999 }: PermutationTestOptions = {},
): ScoreByChance {
  const groups = Int32Array.from(groupOf);
  // Sums in another order differ in their last digits.
  const least = scoreOf(groups) * (1 - 1e-9);
  const random = new RandomState(seed);
  let sum = 0;
  let drawn = 0;
  let reached = 0;
  for (let draw = 0; draw < permutations; draw++) {
    random.shuffle(groups);
    const score = scoreOf(groups);
    sum += score;
    drawn++;
    if (score >= least) reached++;
  }
  return { mean: sum / drawn, p: (1 + reached) / (1 + drawn) };
}
