import { requireSupport } from '../verification/rule-of-three.js';
import { type TargetOptions, thresholdAtFmr } from '../verification/threshold-at-fmr.js';
import { type AttackDetectionErrors, attackDetectionErrors } from './attack-detection-errors.js';
import type { AttackScores } from './attack-scores.js';

/**
 * The errors at the threshold that keeps the APCER of every species at or below a target: its BPCER is BPCER10 at the target
 * 0.1, BPCER20 at 0.05 and BPCER100 at 0.01. The rule of bob.pad.base 5: of the species' own thresholds (`thresholdAtFmr`,
 * each the lowest of its scores that does it) the highest.
 *
 * @param target in [0, 1]; 0 only with `unsupported`.
 * @throws Problem where a species has too few attacks for the target (rule of three)
 */
export function errorsAtApcer(
  scores: AttackScores,
  target: number,
  { unsupported = false }: TargetOptions = {},
): AttackDetectionErrors {
  const thresholds = scores.species.map(({ name, scores: own }) => {
    if (!unsupported) requireSupport('APCER', target, name, own.length, 'attacks');
    return thresholdAtFmr(own, target, { unsupported: true }).threshold;
  });
  return attackDetectionErrors(scores, Math.max(...thresholds));
}
