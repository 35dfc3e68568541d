import { readRunRecord } from '../../../jobs/run/read-run-record.js';
import type { StudyContext } from '../../study.js';
import { type Needed, needStep } from '../need-step.js';
import { stepFolder } from '../step-folder.js';
import { readThreshold, type ThresholdResult } from '../threshold/threshold-result.js';
import type { PatchOptions } from './patch-options.js';
import { patch } from './patch.js';
import { type PatchedPair, readPatchedPairs } from './patched-pairs.js';

/** What the first two steps of a study leave. */
export interface PatchResult extends Omit<ThresholdResult, 'pairs'> {
  readonly pairs: readonly PatchedPair[];
  /** What decides the patches, for the record of the later step. */
  readonly patches: Record<string, unknown>;
}

/** What the patch step leaves, for a later step; see `needStep`. */
export function needPatches(options: PatchOptions, context: StudyContext): Promise<Needed<PatchResult>> {
  return needStep('patch', patch, options, context, async () => {
    const { pairs, ...rest } = await readThreshold(options.output);
    return {
      ...rest,
      pairs: await readPatchedPairs(options.output, pairs),
      patches: readRunRecord(stepFolder(options.output, 'patch'))!.settings,
    };
  });
}
