import { rate, type Rate } from '../../../measure/rate.js';
import type { GradientNoiseResult } from './gradient-noise.task.js';

/** What noise did to the images of a run. */
export interface NoiseSummary {
  readonly images: number;
  /** Of the images with a decision to change, those whose decision changed; null where there are none. */
  readonly success: Rate | null;
  /** Images that had the decision wanted from the start; they do not count. */
  readonly notAttackable: number;
  readonly meanBefore: number;
  readonly meanAfter: number;
  /** The largest sizes of a change, in levels. */
  readonly largest: { readonly linf: number; readonly l2: number };
}

/** @param results at least one */
export function summariseNoise(results: readonly GradientNoiseResult[]): NoiseSummary {
  const trials = results.filter(({ attackable }) => attackable);
  const mean = (value: (result: GradientNoiseResult) => number) =>
    results.reduce((sum, result) => sum + value(result), 0) / results.length;
  const largest = (norm: 'linf' | 'l2') => Math.max(...results.map(({ reached }) => reached[norm]));
  return {
    images: results.length,
    success: trials.length === 0 ? null : rate(trials.filter(({ flipped }) => flipped).length, trials.length),
    notAttackable: results.length - trials.length,
    meanBefore: mean(({ before }) => before),
    meanAfter: mean(({ after }) => after),
    largest: { linf: largest('linf'), l2: largest('l2') },
  };
}
