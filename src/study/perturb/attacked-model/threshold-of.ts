import { Problem } from '../../../problem.js';
import type { TargetRequest } from '../../explain/target-request.js';

/**
 * Where a decision changes: what the user says, else half for a probability. Where a cosine or a quantity divides is known to the
 * user alone.
 * @throws Problem where it is missing.
 */
export function thresholdOf(given: number | undefined, target: TargetRequest): number {
  if (given !== undefined) return given;
  if (target.kind === 'bona-fide' || target.kind === 'class') return 0.5;
  throw new Problem(
    '--threshold',
    'is missing, and only probabilities have a usual one',
    'give it, for a verification model the one of `faceprobe verification threshold`',
  );
}
