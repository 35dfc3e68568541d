import { Problem } from '../../problem.js';

/** A cosine taken apart into the terms that speak for a match and those that speak against it. */
export interface SimilarityArguments {
  /** The sum of all terms. */
  readonly cosine: number;
  /** What each of the D terms must reach to count as positive: threshold / D. */
  readonly bound: number;
  /** w+: the normalised reference where a term is positive, else 0. */
  readonly positive: Float64Array;
  /** w-: the normalised reference where a term is negative, else 0. */
  readonly negative: Float64Array;
  /** Sum of the positive terms; with `negativeScore` it makes the cosine. */
  readonly positiveScore: number;
  readonly negativeScore: number;
  /** Number of positive terms. */
  readonly positiveCount: number;
  /** The smallest distance of any term to the bound: where it is within rounding, a term may change sides. */
  readonly margin: number;
}

/**
 * The similarity arguments of a pair (xSSAB: Huber et al., "Efficient explainable face verification based on similarity
 * score argument backpropagation", WACV 2024, arXiv 2304.13409). With a and b the normalised embeddings of the
 * explained and the reference image, the cosine is the sum of c_i = a_i b_i; a match at the threshold takes
 * threshold / D from each of the D terms on average. Term i is a positive argument where c_i >= threshold / D.
 *
 * @param explained embedding of the explained image, of any length but zero.
 * @param reference embedding of the other image.
 * @param threshold of the cosine, in [-1, 1].
 * @throws Problem where an embedding is zero or not finite, the two differ in size, or the threshold is no cosine
 */
export function similarityArguments(
  explained: ArrayLike<number>,
  reference: ArrayLike<number>,
  threshold: number,
): SimilarityArguments {
  if (!(threshold >= -1 && threshold <= 1)) {
    throw new Problem(`threshold ${threshold}`, 'is not a cosine', 'give a threshold from -1 to 1');
  }
  if (explained.length !== reference.length) {
    throw new Problem(
      'embeddings',
      `of ${explained.length} and ${reference.length} values cannot be compared`,
      'use one model for both images',
    );
  }
  const a = normalised(explained, 'explained');
  const b = normalised(reference, 'reference');
  const bound = threshold / a.length;
  const positive = new Float64Array(a.length);
  const negative = new Float64Array(a.length);
  let positiveScore = 0;
  let negativeScore = 0;
  let positiveCount = 0;
  let margin = Infinity;
  for (let i = 0; i < a.length; i++) {
    const term = a[i] * b[i];
    margin = Math.min(margin, Math.abs(term - bound));
    if (term >= bound) {
      positive[i] = b[i];
      positiveScore += term;
      positiveCount++;
    } else {
      negative[i] = b[i];
      negativeScore += term;
    }
  }
  return {
    cosine: positiveScore + negativeScore,
    bound,
    positive,
    negative,
    positiveScore,
    negativeScore,
    positiveCount,
    margin,
  };
}

function normalised(embedding: ArrayLike<number>, which: string): Float64Array {
  const values = Float64Array.from(embedding);
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  if (!(length > 0 && Number.isFinite(length))) {
    throw new Problem(
      `embedding of the ${which} image`,
      length === 0 ? 'is zero, so it has no direction' : 'holds values that are not finite',
      'check the model and its preprocessing with faceprobe models doctor',
    );
  }
  return values.map((value) => value / length);
}
