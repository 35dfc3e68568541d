import { Problem } from '../../../problem.js';
import type { StudyContext, StudyOutcome } from '../../study.js';
import { stepFolder } from '../step-folder.js';
import type { VerificationOptions } from '../verification-options.js';
import { threshold } from './threshold.js';
import { readThreshold, type ThresholdResult } from './threshold-result.js';

/** What an earlier step left, or what it gave when it was stopped, which then is what the later step gives too. */
export type Needed<Result> = { readonly result: Result } | { readonly stopped: StudyOutcome };

/**
 * What the threshold step leaves, for a later step: it is run where it is missing, and goes on where it was stopped. What
 * is there already is not computed again, whatever `resume` says: that is about the later step.
 * @throws Problem where the study holds a threshold step with other options.
 */
export async function needThreshold(
  options: VerificationOptions,
  context: StudyContext,
): Promise<Needed<ThresholdResult>> {
  const folder = stepFolder(options.output, 'threshold');
  try {
    const outcome = await threshold({ ...options, resume: true }, context);
    if (context.signal.aborted) return { stopped: outcome };
  } catch (error) {
    if (!(error instanceof Problem) || error.what !== folder) throw error;
    const remedy = 'name another --output, or begin anew with `faceprobe verification threshold --no-resume`';
    throw new Problem(folder, error.why, remedy, { cause: error });
  }
  return { result: await readThreshold(options.output) };
}
