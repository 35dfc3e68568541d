import { Problem } from '../../../problem.js';
import type { StudyContext } from '../../study.js';
import { stepFolder } from '../step-folder.js';
import type { Needed } from '../threshold/need-threshold.js';
import { readThreshold, type ThresholdResult } from '../threshold/threshold-result.js';
import type { PatchOptions } from './patch-options.js';
import { patch } from './patch.js';
import { type PatchedPair, readPatchedPairs } from './patched-pairs.js';

/** What the first two steps of a study leave. */
export interface PatchResult extends Omit<ThresholdResult, 'pairs'> {
  readonly pairs: readonly PatchedPair[];
}

/**
 * What the patch step leaves, for a later step; it is run as `needThreshold` runs its step.
 * @throws Problem where the study holds a patch step with other options.
 */
export async function needPatches(
  options: PatchOptions,
  context: StudyContext,
): Promise<Needed<PatchResult>> {
  const folder = stepFolder(options.output, 'patch');
  try {
    const outcome = await patch({ ...options, resume: true }, context);
    if (context.signal.aborted) return { stopped: outcome };
  } catch (error) {
    if (!(error instanceof Problem) || error.what !== folder) throw error;
    const remedy = 'name another --output, or begin anew with `faceprobe verification patch --no-resume`';
    throw new Problem(folder, error.why, remedy, { cause: error });
  }
  const { pairs, ...rest } = await readThreshold(options.output);
  return { result: { ...rest, pairs: await readPatchedPairs(options.output, pairs) } };
}
