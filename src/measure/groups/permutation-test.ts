import { RandomState } from '../../tensor/random.js';

export interface PermutationTestOptions {
  /** @default 0 */
  readonly seed?: number | undefined;
  /** Random arrangements; all of them are taken where there are no more than this. @default 9999 */
  readonly permutations?: number | undefined;
}

export interface PermutationTest {
  /** Of two groups the square of Welch's t. */
  readonly statistic: number;
  readonly p: number;
  /** The arrangements that were looked at, the observed one among them. The smallest p is 1 / this. */
  readonly arrangements: number;
  /** Whether these are all that there are. */
  readonly exact: boolean;
}

/**
 * A two-sided test whether groups have the same mean, by rearranging the observations among them: persons, who are
 * independent; never several images of one.
 *
 * The statistic is that of Chung and Romano, "Exact and asymptotically robust permutation tests", Annals of Statistics 41
 * (2013), section 3: with n, m and s2 the size, mean and variance of each group, the sum of n / s2 (m - m0)^2, where m0 is
 * the mean of all m weighted by n / s2. Because it is studentised, the test keeps its level for large groups that differ
 * in spread, and is exact for groups of any size that have one distribution. p = (1 + arrangements with no
 * smaller statistic) / (1 + arrangements drawn), after Phipson and Smyth (2010), so it is never 0.
 *
 * @param groups the observations of each group.
 * @returns undefined where there are fewer than two groups, or a group of fewer than two: it tells no spread
 */
export function permutationTest(
  groups: readonly ArrayLike<number>[],
  { seed = 0, permutations = 9999 }: PermutationTestOptions = {},
): PermutationTest | undefined {
  if (groups.length < 2 || groups.some(({ length }) => length < 2)) return undefined;
  const values = Float64Array.from(groups.flatMap((group) => Array.from(group)));
  const labels = Int32Array.from(
    groups.flatMap(({ length }, label) => new Array<number>(length).fill(label)),
  );
  const statisticOf = studentised(values, groups.length);
  const observed = statisticOf(labels);
  // Sums in another order differ in their last digits.
  const least = observed * (1 - 1e-9);

  const all = arrangementsOf(groups.map(({ length }) => length));
  let reached = 0;
  if (all <= permutations + 1) {
    do if (statisticOf(labels) >= least) reached++;
    while (nextArrangement(labels));
    return { statistic: observed, p: reached / all, arrangements: all, exact: true };
  }
  const random = new RandomState(seed);
  for (let draw = 0; draw < permutations; draw++) {
    random.shuffle(labels);
    if (statisticOf(labels) >= least) reached++;
  }
  const arrangements = permutations + 1;
  return { statistic: observed, p: (1 + reached) / arrangements, arrangements, exact: false };
}

/** The statistic for the group of each value. A group without spread counts as one with nearly none. */
function studentised(values: Float64Array, groups: number): (labels: Int32Array) => number {
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - centre);
  const spread = centred.reduce((sum, value) => sum + value * value, 0) / (values.length - 1);
  const sizes = new Float64Array(groups);
  const sums = new Float64Array(groups);
  const squares = new Float64Array(groups);
  return (labels) => {
    if (spread === 0) return 0;
    sizes.fill(0);
    sums.fill(0);
    squares.fill(0);
    for (let i = 0; i < centred.length; i++) {
      const group = labels[i];
      sizes[group]++;
      sums[group] += centred[i];
      squares[group] += centred[i] * centred[i];
    }
    let weights = 0;
    let weighted = 0;
    let weightedSquares = 0;
    for (let group = 0; group < groups; group++) {
      const mean = sums[group] / sizes[group];
      const variance = (squares[group] - sums[group] * mean) / (sizes[group] - 1);
      const weight = sizes[group] / Math.max(variance, 1e-9 * spread);
      weights += weight;
      weighted += weight * mean;
      weightedSquares += weight * mean * mean;
    }
    return Math.max(0, weightedSquares - (weighted * weighted) / weights);
  };
}

/** n! / (n1! n2! ...), Infinity where that is large. */
function arrangementsOf(sizes: readonly number[]): number {
  let arrangements = 1;
  let placed = 0;
  for (const size of sizes) {
    for (let i = 1; i <= size; i++) arrangements = (arrangements * ++placed) / i;
  }
  return Math.round(arrangements);
}

/** The next arrangement in lexicographic order; false, and the first one again, after the last. */
function nextArrangement(labels: Int32Array): boolean {
  let pivot = labels.length - 2;
  while (pivot >= 0 && labels[pivot] >= labels[pivot + 1]) pivot--;
  if (pivot >= 0) {
    let larger = labels.length - 1;
    while (labels[larger] <= labels[pivot]) larger--;
    [labels[pivot], labels[larger]] = [labels[larger], labels[pivot]];
  }
  labels.subarray(pivot + 1).reverse();
  return pivot >= 0;
}
