import { clopperPearson } from './clopper-pearson.js';
import type { Interval } from './interval.js';

/** A share of trials, never without the number of trials and the interval of the true rate. */
export interface Rate {
  /** `errors / trials`, in [0, 1]. */
  readonly rate: number;
  /** How many trials showed the event; an error for an error rate, an accepted pair for a match rate. */
  readonly errors: number;
  readonly trials: number;
  /** Exact (Clopper-Pearson); it takes the trials as independent. */
  readonly interval: Interval;
}

/** Stands where a rate would, with the reason why the sample gives none. */
export interface NoRate {
  readonly rate: null;
  readonly errors: number;
  readonly trials: number;
  readonly reason: string;
}

/**
 * A rate with its exact interval.
 *
 * @param errors a whole number from 0 to `trials`.
 * @param trials at least 1.
 * @param level confidence of the interval, in (0, 1).
 */
export function rate(errors: number, trials: number, level = 0.95): Rate {
  return { rate: errors / trials, errors, trials, interval: clopperPearson(errors, trials, level) };
}

/**
 * A rate with its exact interval where the trials are enough, and the counts with the reason where they are not.
 *
 * @param least trials that a rate needs, at least 1.
 * @param kind what the trials are, as the reason calls them: `images of female that were misclassified`.
 */
export function supportedRate(errors: number, trials: number, least: number, kind: string): Rate | NoRate {
  if (trials >= Math.max(1, least)) return rate(errors, trials);
  return { rate: null, errors, trials, reason: `${trials} ${kind}, fewer than ${Math.max(1, least)}` };
}
