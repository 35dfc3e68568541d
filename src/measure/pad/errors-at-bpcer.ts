import { requireSupport } from '../verification/rule-of-three.js';
import { type FnmrThresholdOptions, thresholdAtFnmr } from '../verification/threshold-at-fnmr.js';
import { type AttackDetectionErrors, attackDetectionErrors } from './attack-detection-errors.js';
import type { AttackScores } from './attack-scores.js';

/**
 * The errors at the highest threshold that keeps BPCER at or below a target: its APCER is APCER10 at the target 0.1, and so
 * on, and 1 less its pooled APCER is the "TPR at FPR" of papers that call an attack positive.
 *
 * @param target in [0, 1]; 0 only with `unsupported`.
 * @param options `compat: 'bob'` as in `thresholdAtFnmr`.
 * @throws Problem where there are too few bona fide presentations for the target (rule of three)
 */
export function errorsAtBpcer(
  scores: AttackScores,
  target: number,
  { unsupported = false, compat }: FnmrThresholdOptions = {},
): AttackDetectionErrors {
  const { bonaFide } = scores;
  if (!unsupported) requireSupport('BPCER', target, 'bona fide', bonaFide.length, 'images');
  return attackDetectionErrors(
    scores,
    thresholdAtFnmr(bonaFide, target, { unsupported: true, compat }).threshold,
  );
}
