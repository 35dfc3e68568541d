import { readRunRecord } from '../../jobs/run/read-run-record.js';
import type { RunRecord } from '../../jobs/run/run-record.js';
import { stepFolder, type VerificationStep, verificationSteps } from './step-folder.js';

/** A finished step of a study. */
export interface DoneStep {
  readonly step: VerificationStep;
  readonly folder: string;
  readonly record: RunRecord;
}

/** The steps of a study that are done, in their order; none where the folder holds no study. */
export function doneSteps(study: string): DoneStep[] {
  return verificationSteps.flatMap((step) => {
    const folder = stepFolder(study, step);
    const record = readRunRecord(folder);
    return record?.status === 'done' && record.command === `verification ${step}`
      ? [{ step, folder, record }]
      : [];
  });
}
