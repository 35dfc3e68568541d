import { readRunRecord } from '../../../jobs/run/read-run-record.js';
import type { RunRecord } from '../../../jobs/run/run-record.js';
import { type BiasStep, biasSteps, stepCommands, stepFolder } from '../step-folder.js';

/** A finished step of a study. */
export interface DoneBiasStep {
  readonly step: BiasStep;
  readonly record: RunRecord;
}

/** The steps of a bias study that are done, in their order; none where the folder holds none. */
export function doneBiasSteps(study: string): DoneBiasStep[] {
  return biasSteps.flatMap((step) => {
    const record = readRunRecord(stepFolder(study, step));
    return record?.status === 'done' && record.command === stepCommands[step] ? [{ step, record }] : [];
  });
}
