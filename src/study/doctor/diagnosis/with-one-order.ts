import type { Trial, TrialVariant } from '../trial/trial.js';
import { type RankOptions, rankVariants } from './rank-variants.js';

/** Resamples for choices on the way, of which no figure is shown. */
export const quickResamples = 200;

/**
 * The variants with the order of the classes that the best of them shows: the order belongs to the network, whatever it
 * is fed.
 */
export function withOneOrder(
  trial: Trial,
  { mask, ...options }: Pick<RankOptions, 'resamples' | 'seed' | 'enough' | 'mask'>,
): TrialVariant[] {
  const free = trial.ranked(undefined, mask);
  if (free.length === 0) return free;
  const { chosen } = rankVariants(free, trial.resample, { ...options, mask });
  const { order } = free[chosen].scores;
  return order === undefined ? free : trial.ranked(order);
}
