import { Problem } from '../../problem.js';
import { RandomState } from '../../tensor/random.js';

export const splitNames = ['train', 'validation', 'test'] as const;
export type Split = (typeof splitNames)[number];

/** The share of the people in each split; they add up to 1. */
export type SplitShares = Readonly<Record<Split, number>>;

/**
 * Puts every person into one split. Which depends on the names, the shares and the seed, and not on their order.
 * @param people names, each once
 * @throws {Problem} where there are fewer people than splits.
 */
export function splitPeople(
  people: readonly string[],
  shares: SplitShares,
  seed: number,
): ReadonlyMap<string, Split> {
  const wanted = splitNames.filter((name) => shares[name] > 0);
  if (people.length < wanted.length) {
    throw new Problem(
      'the data set',
      `shows ${people.length === 1 ? 'one person' : `${people.length} people`} only, but ${wanted.join(', ')} must not share any`,
      'add images of other people, or say with --identities who is in the images',
    );
  }
  const sorted = [...people].sort();
  const order = new RandomState(seed).permutation(sorted.length);
  const counts = splitCounts(sorted.length, shares);
  const splits = splitNames.flatMap((name) => Array<Split>(counts[name]).fill(name));
  return new Map(Array.from(order, (person, place) => [sorted[person], splits[place]]));
}

/** How many of `total` each split gets: at least one where it has a share, the rest goes to training. */
function splitCounts(total: number, shares: SplitShares): Record<Split, number> {
  const of = (name: Split) => (shares[name] === 0 ? 0 : Math.max(1, Math.round(shares[name] * total)));
  const [validation, test] = [of('validation'), of('test')];
  return { train: total - validation - test, validation, test };
}
