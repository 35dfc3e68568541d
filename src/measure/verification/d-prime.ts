import { Problem } from '../../problem.js';
import { sortedScores, type VerificationScores } from './scores.js';

export interface DPrimeOptions {
  /**
   * The variance: `sample` divides by n - 1, `population` by n.
   * @default 'sample'
   */
  readonly variance?: 'sample' | 'population' | undefined;
}

/**
 * The sensitivity index d': the distance of the two means in units of the pooled standard deviation,
 * |mean_g - mean_i| / sqrt((var_g + var_i) / 2) (Daugman, 2000). It describes two normal distributions of scores; for
 * skewed or two-humped ones it says little.
 *
 * @throws Problem where a class has fewer than two scores, an infinite one, or no class varies
 */
export function dPrime(scores: VerificationScores, { variance = 'sample' }: DPrimeOptions = {}): number {
  const { genuine, impostor } = sortedScores(scores);
  if (genuine.length < 2 || impostor.length < 2) {
    throw new Problem(
      "d'",
      'needs at least two genuine and two impostor scores',
      'add pairs to the protocol',
    );
  }
  const g = moments(genuine, variance);
  const i = moments(impostor, variance);
  const value = Math.abs(g.mean - i.mean) / Math.sqrt((g.variance + i.variance) / 2);
  if (!Number.isFinite(value)) {
    throw new Problem(
      "d'",
      'is not defined for these scores',
      'scores must be finite and must not all be equal',
    );
  }
  return value;
}

function moments(values: Float64Array, kind: 'sample' | 'population'): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (kind === 'sample' ? values.length - 1 : values.length) };
}
