import {
  identityBootstrap,
  type IdentityBootstrapOptions,
  type PairIdentities,
} from '../identity-bootstrap.js';
import type { Interval } from '../interval.js';
import { weightedStatistics } from './weighted-statistics.js';

/** One compared pair. */
export interface VerificationTrial {
  /** Similarity; NaN where the pair gave none. */
  readonly score: number;
  /** Whether the pair shows one person. */
  readonly genuine: boolean;
  readonly identities: PairIdentities;
}

/** Bootstrap intervals over identities; undefined where the resamples show no spread. */
export interface VerificationIntervals {
  readonly eer: Interval | undefined;
  readonly rocArea: Interval | undefined;
  /** At the fixed threshold, where one is given. */
  readonly fmr: Interval | undefined;
  readonly fnmr: Interval | undefined;
  readonly identities: number;
  readonly resamples: number;
}

/**
 * Intervals of EER, ROC area, and FMR and FNMR at a fixed threshold that allow for pairs sharing a person
 * (`identityBootstrap`). The EER's threshold is found anew on every resample; `threshold` is not.
 *
 * @throws Problem where fewer than two persons are there
 */
export function verificationIntervals(
  trials: readonly VerificationTrial[],
  { threshold, ...options }: IdentityBootstrapOptions & { readonly threshold?: number | undefined } = {},
): VerificationIntervals {
  const scored = trials.filter(({ score }) => !Number.isNaN(score)).sort((a, b) => a.score - b.score);
  const { intervals, identities, resamples } = identityBootstrap(
    scored.map((trial) => trial.identities),
    (weights) => weightedStatistics(scored, weights, threshold),
    options,
  );
  const [eer, rocArea, fmr, fnmr] = intervals;
  return { eer, rocArea, fmr, fnmr, identities, resamples };
}
