import { readRunRecord } from '../../../jobs/run/read-run-record.js';
import type { RunRecord } from '../../../jobs/run/run-record.js';
import { type SimilarityStep, similaritySteps, stepCommands, stepFolder } from '../step-folder.js';

/** A finished step of a study. */
export interface DoneSimilarityStep {
  readonly step: SimilarityStep;
  readonly record: RunRecord;
}

/** The steps of a similarity study that are done, in their order; none where the folder holds none. */
export function doneSimilaritySteps(study: string): DoneSimilarityStep[] {
  return similaritySteps.flatMap((step) => {
    const record = readRunRecord(stepFolder(study, step));
    return record?.status === 'done' && record.command === stepCommands[step] ? [{ step, record }] : [];
  });
}
