import { type Rate, rate } from '../rate.js';
import { nextAbove } from './next-above.js';
import { requireSupport } from './rule-of-three.js';
import { countBelow, sortedClass } from './scores.js';
import type { TargetOptions } from './threshold-at-fmr.js';

export interface FnmrThreshold {
  readonly threshold: number;
  /** The rate that is reached: at most the target (unless `compat` is `bob`), and below it where scores repeat. */
  readonly fnmr: Rate;
}

export interface FnmrThresholdOptions extends TargetOptions {
  /**
   * `bob`: the threshold of bob.measure 6, `frr_threshold`. Where scores repeat it counts all but one of the scores
   * that equal the threshold as rejected, so it can be lower than need be; and it starts just above the lowest
   * score, so where that one repeats it can exceed the target.
   */
  readonly compat?: 'bob' | undefined;
}

/**
 * The highest genuine score that, as a threshold, keeps FNMR at or below the target; target 1 gives the next float64
 * above the highest. Equal scores are accepted or rejected together.
 *
 * @param target in [0, 1]; 0 only with `unsupported`.
 * @throws Problem where there is no score, or too few of them for the target
 */
export function thresholdAtFnmr(
  genuine: ArrayLike<number>,
  target: number,
  { unsupported = false, compat }: FnmrThresholdOptions = {},
): FnmrThreshold {
  if (!(target >= 0 && target <= 1)) throw new RangeError(`A rate lies in [0, 1]; ${target} does not.`);
  const sorted = sortedClass(genuine, 'genuine');
  const trials = sorted.length;
  if (!unsupported) requireSupport('FNMR', target, 'genuine', trials);

  const top = sorted[trials - 1];
  let threshold = compat === 'bob' ? nextAbove(sorted[0]) : sorted[0];
  let rejected = 0;
  while (rejected < trials) {
    const score = sorted[rejected];
    const after = countBelow(sorted, nextAbove(score));
    if ((compat === 'bob' ? after - 1 : rejected) / trials > target) break;
    threshold = score;
    rejected = after;
  }
  if (target === 1) threshold = nextAbove(top);
  return { threshold, fnmr: rate(countBelow(sorted, threshold), trials) };
}
