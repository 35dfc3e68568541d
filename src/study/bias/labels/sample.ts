import { RandomState } from '../../../tensor/random.js';

export interface SampleWishes {
  /** Images at most; all where left out. */
  readonly limit?: number | undefined;
  readonly seed: number;
}

/**
 * A sample of names that does not depend on the order in which a disk lists them: they are sorted, shuffled as
 * `numpy.random.seed(seed); numpy.random.shuffle(names)` does, and the first `limit` taken.
 *
 * @returns the sample, sorted
 */
export function sampleNames(names: readonly string[], { limit, seed }: SampleWishes): string[] {
  const sorted = [...names].sort();
  if (limit === undefined || limit >= sorted.length) return sorted;
  new RandomState(seed).shuffle(sorted);
  return sorted.slice(0, limit).sort();
}

/**
 * A sample with the same number of names from every group: the size of the smallest one, or less where the limit asks for
 * it. Each group has a random stream of its own, so that it is sampled alike whatever the others hold.
 *
 * @returns the sample, sorted, and how many are from each group
 */
export function balancedSample(
  groups: ReadonlyMap<string, readonly string[]>,
  { limit, seed }: SampleWishes,
): { readonly names: string[]; readonly each: number } {
  const smallest = Math.min(...[...groups.values()].map(({ length }) => length));
  const each = Math.min(smallest, limit === undefined ? smallest : Math.floor(limit / groups.size));
  const names = [...groups.keys()].sort().flatMap((group, at) => {
    const own = [...groups.get(group)!].sort();
    new RandomState([seed, at]).shuffle(own);
    return own.slice(0, each);
  });
  return { names: names.sort(), each };
}
