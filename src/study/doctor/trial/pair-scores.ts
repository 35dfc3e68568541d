import type { ProtocolPair } from '../../../dataset/protocol/protocol.js';
import { weightedStatistics } from '../../../measure/verification/weighted-statistics.js';
import type { VariantScores } from '../variant-scores.js';

/**
 * The scores of one variant of an embedding: 1 - EER, and the distance d' of the cosines of genuine and impostor pairs.
 *
 * @param values the embedding of each image, by its name; none of length 0.
 * @param enough whether there are enough pairs and persons to tell differences.
 */
export function pairScores(
  values: ReadonlyMap<string, readonly number[]>,
  pairs: readonly ProtocolPair[],
  enough: boolean,
): VariantScores {
  const cosines = pairs.map(({ a, b }) => cosine(values.get(a)!, values.get(b)!));
  const byScore = cosines.map((_, i) => i).sort((one, other) => cosines[one] - cosines[other]);
  const sorted = byScore.map((i) => ({ score: cosines[i], genuine: pairs[i].genuine }));
  const buffer = new Float64Array(pairs.length);
  return {
    order: undefined,
    measures: (weights) => {
      for (let i = 0; i < byScore.length; i++) buffer[i] = weights[byScore[i]];
      const [eer] = weightedStatistics(sorted, buffer, undefined);
      const distance = separation(cosines, pairs, weights);
      return [1 - eer, distance, enough ? distance : Number.NaN];
    },
  };
}

/** d' of weighted scores, population variance; see `dPrime`. */
function separation(
  cosines: readonly number[],
  pairs: readonly ProtocolPair[],
  weights: Float64Array,
): number {
  const moments = (genuine: boolean) => {
    let [count, sum, squares] = [0, 0, 0];
    for (let i = 0; i < cosines.length; i++) {
      if (pairs[i].genuine !== genuine) continue;
      count += weights[i];
      sum += weights[i] * cosines[i];
      squares += weights[i] * cosines[i] * cosines[i];
    }
    const mean = sum / count;
    return { mean, variance: Math.max(squares / count - mean * mean, 0) };
  };
  const [own, other] = [moments(true), moments(false)];
  return (own.mean - other.mean) / Math.sqrt((own.variance + other.variance) / 2);
}

/** In float64: near 1, cosines of float32 embeddings would tie. */
function cosine(a: readonly number[], b: readonly number[]): number {
  let [product, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += a[i] * b[i];
    squaresA += a[i] * a[i];
    squaresB += b[i] * b[i];
  }
  return product / Math.sqrt(squaresA * squaresB);
}
