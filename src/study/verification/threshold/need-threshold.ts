import type { StudyContext } from '../../study.js';
import { type Needed, needStep } from '../need-step.js';
import type { VerificationOptions } from '../verification-options.js';
import { threshold } from './threshold.js';
import { readThreshold, type ThresholdResult } from './threshold-result.js';

/** What the threshold step leaves, for a later step; see `needStep`. */
export function needThreshold(
  options: VerificationOptions,
  context: StudyContext,
): Promise<Needed<ThresholdResult>> {
  return needStep('threshold', threshold, options, context, () => readThreshold(options.output));
}
