import { Problem } from '../../problem.js';

/** One step of a clustering: two clusters become one. */
export interface Merge {
  /**
   * The clusters that join, `first` below `second`: 0 to n - 1 are the n items, n + i is the cluster that merge i made.
   */
  readonly first: number;
  readonly second: number;
  /** Of the two, by the rule of the linkage. */
  readonly distance: number;
  /** The number of items in the new cluster. */
  readonly size: number;
}

/**
 * How far a merged cluster is from a third, from the distances of its parts (Lance and Williams 1967).
 *
 * @param toFirst distance of the third cluster from the one part; `toSecond` from the other, `between` of the two parts
 * @param sizes of the two parts and of the third
 */
type Update = (
  toFirst: number,
  toSecond: number,
  between: number,
  sizes: readonly [first: number, second: number, third: number],
) => number;

export const linkages = {
  /** The mean distance between the items of the one and the other. */
  average: (toFirst, toSecond, _between, [first, second]) =>
    (first * toFirst + second * toSecond) / (first + second),
  /**
   * The root of twice the growth of the sum of squares. It is that for Euclidean distances only; others give an order
   * of merges, but their heights have no unit.
   */
  ward: (toFirst, toSecond, between, [first, second, third]) => {
    const share = 1 / (first + second + third);
    return Math.sqrt(
      (third + first) * share * toFirst * toFirst +
        (third + second) * share * toSecond * toSecond -
        third * share * between * between,
    );
  },
} as const satisfies Readonly<Record<string, Update>>;

export type Linkage = keyof typeof linkages;

/**
 * Hierarchical clustering from distances, by chains of nearest neighbours (Müllner, "Modern hierarchical, agglomerative
 * clustering algorithms", arXiv 1109.2378). The merges are the rows of `scipy.cluster.hierarchy.linkage(y, method)` of SciPy
 * 1.10 in value and order, where distances are equal too.
 *
 * @param distances n rows of n values, symmetric; the diagonal is not read
 * @returns n - 1 merges, nearest first
 * @throws Problem where a distance is no number, or below 0
 */
export function linkage(distances: readonly ArrayLike<number>[], method: Linkage): Merge[] {
  const count = distances.length;
  const between = checkedCopy(distances);
  const sizes = new Int32Array(count).fill(1);
  const update: Update = linkages[method];
  const found: Merge[] = [];
  const chain: number[] = [];
  while (found.length < count - 1) {
    if (chain.length === 0) chain.push(sizes.findIndex((size) => size > 0));
    const [one, other, distance] = nearestPair(chain, between, sizes);
    // The later of the two stands for the new cluster from here on.
    const first = Math.min(one, other);
    const second = Math.max(one, other);
    const size = sizes[first] + sizes[second];
    found.push({ first, second, distance, size });
    for (let third = 0; third < count; third++) {
      if (sizes[third] === 0 || third === first || third === second) continue;
      const toNew = update(between[first * count + third], between[second * count + third], distance, [
        sizes[first],
        sizes[second],
        sizes[third],
      ]);
      between[second * count + third] = toNew;
      between[third * count + second] = toNew;
    }
    sizes[first] = 0;
    sizes[second] = size;
  }
  return numbered(found, count);
}

/** Follows nearest neighbours until two are each other's, and takes them off the chain. */
function nearestPair(
  chain: number[],
  between: Float64Array,
  sizes: Int32Array,
): readonly [one: number, other: number, distance: number] {
  const count = sizes.length;
  for (;;) {
    const end = chain[chain.length - 1];
    // Of equals the one before in the chain, or it could go round in circles.
    const before = chain.at(-2);
    let nearest = before ?? -1;
    let distance = before === undefined ? Infinity : between[end * count + before];
    for (let other = 0; other < count; other++) {
      if (sizes[other] === 0 || other === end) continue;
      if (between[end * count + other] < distance) {
        distance = between[end * count + other];
        nearest = other;
      }
    }
    if (nearest === before) {
      chain.length -= 2;
      return [end, nearest, distance];
    }
    chain.push(nearest);
  }
}

/** Sorts merges by distance and gives the clusters their final numbers. */
function numbered(found: readonly Merge[], count: number): Merge[] {
  const cluster = Int32Array.from({ length: count }, (_, item) => item);
  const parent = Int32Array.from({ length: count }, (_, item) => item);
  const rootOf = (item: number): number => {
    let root = item;
    while (parent[root] !== root) root = parent[root];
    return root;
  };
  return found
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ first, second, distance, size }, step) => {
      const one = rootOf(first);
      const other = rootOf(second);
      const joined = [cluster[one], cluster[other]] as const;
      parent[one] = other;
      cluster[other] = count + step;
      return { first: Math.min(...joined), second: Math.max(...joined), distance, size };
    });
}

function checkedCopy(distances: readonly ArrayLike<number>[]): Float64Array {
  const count = distances.length;
  const copy = new Float64Array(count * count);
  distances.forEach((row, i) => {
    if (row.length !== count) throw new RangeError(`Row ${i} of ${count} distances has ${row.length}.`);
    for (let j = 0; j < count; j++) {
      if (i === j) continue;
      if (!(row[j] >= 0 && row[j] < Infinity)) {
        throw new Problem(
          `distance of items ${Math.min(i, j) + 1} and ${Math.max(i, j) + 1}`,
          `is ${row[j]}, so they cannot be clustered`,
          'leave out the map that is constant or damaged',
        );
      }
      if (row[j] !== distances[j][i]) throw new RangeError(`Distances of ${i} and ${j} are not symmetric.`);
      copy[i * count + j] = row[j];
    }
  });
  return copy;
}
