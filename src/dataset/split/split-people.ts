import { Problem } from '../../problem.js';
import { RandomState } from '../../tensor/random.js';

/** The parts of a data set, in the order of their shares. */
export const splitNames = ['train', 'val', 'test'] as const;

export type SplitName = (typeof splitNames)[number];

/** The share of the people that each part gets; they add up to 1. */
export type SplitShares = Readonly<Record<SplitName, number>>;

/**
 * Parts people, never their images: the sorted names are shuffled by the seed and cut at the shares, rounded to whole
 * people. The same names, shares and seed give the same parts, in whatever order the names come.
 *
 * @throws Problem where the shares do not add up to 1, or one of them is negative.
 */
export function splitPeople(
  people: Iterable<string>,
  shares: SplitShares,
  seed: number,
): ReadonlyMap<string, SplitName> {
  const values = splitNames.map((name) => shares[name]);
  const total = values.reduce((sum, share) => sum + share, 0);
  if (Math.abs(total - 1) > 1e-9 || values.some((share) => !(share >= 0))) {
    throw new Problem(
      'split',
      `the shares ${values.join(', ')} do not add up to 1`,
      'write three shares for train, val and test, such as 0.7,0.1,0.2',
    );
  }
  const names = [...new Set(people)].sort();
  new RandomState(seed).shuffle(names);
  const parts = new Map<string, SplitName>();
  let share = 0;
  let start = 0;
  for (const [at, split] of splitNames.entries()) {
    share += values[at];
    const end = at === splitNames.length - 1 ? names.length : Math.round(share * names.length);
    for (const name of names.slice(start, end)) parts.set(name, split);
    start = Math.max(start, end);
  }
  return parts;
}
