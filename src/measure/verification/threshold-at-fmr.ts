import { type Rate, rate } from '../rate.js';
import { nextAbove, nextBelow } from './next-above.js';
import { requireSupport } from './rule-of-three.js';
import { countBelow, sortedClass } from './scores.js';

export interface FmrThreshold {
  readonly threshold: number;
  /** The rate that is reached: at most the target, and below it where scores repeat. */
  readonly fmr: Rate;
}

export interface TargetOptions {
  /**
   * Answer even where the sample cannot support the target (rule of three).
   * @default false
   */
  readonly unsupported?: boolean | undefined;
}

/**
 * The lowest impostor score that, as a threshold, keeps FMR at or below the target. Where even the highest
 * one does not, the threshold is the next float64 above it; target 1 gives the next float64 below the lowest
 * (the "at most" rule of bob.measure 6, `far_threshold`). Equal scores are accepted or rejected together.
 *
 * @param target in [0, 1]; 0 only with `unsupported`.
 * @throws Problem where there is no score, or too few of them for the target
 */
export function thresholdAtFmr(
  impostor: ArrayLike<number>,
  target: number,
  { unsupported = false }: TargetOptions = {},
): FmrThreshold {
  if (!(target >= 0 && target <= 1)) throw new RangeError(`A rate lies in [0, 1]; ${target} does not.`);
  const sorted = sortedClass(impostor, 'impostor');
  const trials = sorted.length;
  if (!unsupported) requireSupport('FMR', target, 'impostor', trials);

  let threshold = nextAbove(sorted[trials - 1]);
  let at = trials;
  while (at > 0) {
    const score = sorted[at - 1];
    const first = countBelow(sorted, score);
    if ((trials - first) / trials > target) break;
    threshold = score;
    at = first;
  }
  if (at === 0) threshold = nextBelow(sorted[0]);
  return { threshold, fmr: rate(trials - countBelow(sorted, threshold), trials) };
}
