import { RandomState } from '../../../tensor/random.js';

/**
 * How often labels dealt out at random would let the best of all variants look as good: the p value of the largest
 * statistic under permutation of the labels among persons (Westfall and Young 1993), which allows for the choice among
 * many variants and is exact for any number of images.
 *
 * @param persons who is in each image.
 * @param labelOf the label of each image; the labels of one person stay together.
 * @param best the largest statistic of all variants for given labels.
 */
export function chanceOfBest(
  persons: readonly string[],
  labelOf: readonly string[],
  best: (labelOf: readonly string[]) => number,
  { permutations, seed }: { readonly permutations: number; readonly seed: number },
): number {
  const members = new Map<string, number[]>();
  persons.forEach((person, at) => members.set(person, [...(members.get(person) ?? []), at]));
  const groups = [...members.values()];
  const labels = new Set(labelOf);
  const random = new RandomState(seed);
  const observed = best(labelOf);
  let asGood = 1;
  let dealt = 1;
  for (let i = 0; i < permutations; i++) {
    const order = random.permutation(groups.length);
    const permuted = [...labelOf];
    groups.forEach((own, at) => {
      const from = groups[order[at]];
      own.forEach((image, nth) => (permuted[image] = labelOf[from[nth % from.length]]));
    });
    // Persons with different numbers of images may leave a class empty, which no statistic is defined for.
    if (new Set(permuted).size < labels.size) continue;
    dealt++;
    if (best(permuted) >= observed - 1e-12) asGood++;
  }
  return asGood / dealt;
}
