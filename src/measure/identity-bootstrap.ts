import { Problem } from '../problem.js';
import { RandomState } from '../tensor/random.js';
import type { Interval } from './interval.js';

/**
 * The two persons that a pair shows; one name twice for a genuine pair. Where the persons of a pair are not known,
 * a name of its own, twice, makes the pair independent of all others.
 */
export type PairIdentities = readonly [a: string, b: string];

export interface IdentityBootstrapOptions {
  /** Seed of the resampling: the same seed gives the same intervals. @default 0 */
  readonly seed?: number | undefined;
  /** @default 2000 */
  readonly resamples?: number | undefined;
  /** Confidence, in (0, 1). @default 0.95 */
  readonly level?: number | undefined;
}

/** The intervals of several statistics that were computed on the same resamples. */
export interface IdentityBootstrap {
  /**
   * One a statistic; undefined where the resamples show no spread, as when there is no error to resample. That is not
   * certainty: a rate then has its exact interval only.
   */
  readonly intervals: readonly (Interval | undefined)[];
  readonly identities: number;
  readonly resamples: number;
  /** For each statistic, the resamples that it could not be computed on (NaN), such as those without a genuine pair. */
  readonly discarded: readonly number[];
}

/**
 * Percentile intervals of statistics over pairs, by resampling persons.
 *
 * Pairs that share a person are not independent, so pairs must not be resampled one by one. Persons are drawn with
 * replacement; with person i drawn m_i times, a genuine pair of i counts m_i times and an impostor pair of i and j
 * counts m_i m_j times: the vertex bootstrap of Fogliato, Patil and Perona, "Confidence intervals for error rates in
 * 1:1 matching tasks", IJCV 2024 (arXiv 2306.01198). With few persons (below some 30) and with rates near 0 the
 * intervals are too narrow, as that paper shows.
 *
 * @param statistics the statistics for the given weight (0, 1, 2, ...) of each pair; NaN where there is none. The
 *   weights are reused from call to call.
 * @throws Problem where there are fewer than two persons
 */
export function identityBootstrap(
  pairs: readonly PairIdentities[],
  statistics: (weights: Float64Array) => readonly number[],
  { seed = 0, resamples = 2000, level = 0.95 }: IdentityBootstrapOptions = {},
): IdentityBootstrap {
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  };
  const first = Int32Array.from(pairs, ([a]) => numberOf(a));
  const second = Int32Array.from(pairs, ([, b]) => numberOf(b));
  const identities = numbers.size;
  if (identities < 2) {
    throw new Problem('bootstrap', `needs at least two identities; there are ${identities}`, 'add persons');
  }

  const random = new RandomState(seed);
  const drawn = new Int32Array(identities);
  const weights = new Float64Array(pairs.length);
  const samples: number[][] = [];
  for (let resample = 0; resample < resamples; resample++) {
    drawn.fill(0);
    for (let draw = 0; draw < identities; draw++) drawn[random.integer(0, identities)]++;
    for (let pair = 0; pair < weights.length; pair++) {
      const a = first[pair];
      const b = second[pair];
      weights[pair] = a === b ? drawn[a] : drawn[a] * drawn[b];
    }
    statistics(weights).forEach((value, statistic) => (samples[statistic] ??= []).push(value));
  }
  const usable = samples.map((values) =>
    Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort(),
  );
  return {
    intervals: usable.map((sorted) => percentileInterval(sorted, level)),
    identities,
    resamples,
    discarded: usable.map((sorted) => resamples - sorted.length),
  };
}

function percentileInterval(sorted: Float64Array, level: number): Interval | undefined {
  if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) return undefined;
  const tail = (1 - level) / 2;
  return { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail), level };
}

/** The quantile of sorted values at p in [0, 1], linear between neighbours. */
function quantile(sorted: Float64Array, p: number): number {
  const position = p * (sorted.length - 1);
  const before = Math.floor(position);
  const after = Math.min(before + 1, sorted.length - 1);
  return sorted[before] + (position - before) * (sorted[after] - sorted[before]);
}
