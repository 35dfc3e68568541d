import { Problem } from '../../problem.js';

/**
 * The similarity scores of a protocol. The higher a score, the more alike the pair; a pair is accepted as a match
 * where its score is at or above the threshold. NaN marks a pair that gave no score (a failure to acquire).
 */
export interface VerificationScores {
  /** Scores of pairs that show one person. */
  readonly genuine: ArrayLike<number>;
  /** Scores of pairs that show two persons. */
  readonly impostor: ArrayLike<number>;
}

/** The same, without NaN, each in rising order. */
export interface SortedScores {
  readonly genuine: Float64Array;
  readonly impostor: Float64Array;
}

/**
 * The scores of both classes in rising order, without NaN.
 *
 * @throws Problem where a class has no score left
 */
export function sortedScores(scores: VerificationScores): SortedScores {
  return {
    genuine: sortedClass(scores.genuine, 'genuine'),
    impostor: sortedClass(scores.impostor, 'impostor'),
  };
}

/**
 * The scores of one class in rising order, without NaN.
 *
 * @throws Problem where none is left
 */
export function sortedClass(scores: ArrayLike<number>, kind: 'genuine' | 'impostor'): Float64Array {
  const sorted = Float64Array.from(scores)
    .filter((score) => !Number.isNaN(score))
    .sort();
  if (sorted.length === 0) {
    throw new Problem(
      `${kind} scores`,
      scores.length === 0 ? 'there are none' : `none of the ${scores.length} pairs gave a score`,
      `add ${kind} pairs to the protocol`,
    );
  }
  return sorted;
}

/** How many of the sorted scores are strictly below the threshold. */
export function countBelow(sorted: Float64Array, threshold: number): number {
  if (Number.isNaN(threshold)) throw new RangeError('A threshold cannot be NaN.');
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}
