import { readRunRecord } from '../../../jobs/run/read-run-record.js';
import type { RunRecord } from '../../../jobs/run/run-record.js';
import { Problem } from '../../../problem.js';
import { stepCommands, stepFolder } from '../step-folder.js';

/**
 * The record of the explanations of a study.
 * @throws Problem where they are missing or unfinished.
 */
export function needExplained(study: string): { readonly folder: string; readonly record: RunRecord } {
  const folder = stepFolder(study, 'explain');
  const record = readRunRecord(folder);
  if (record?.status !== 'done' || record.command !== stepCommands.explain) {
    throw new Problem(
      study,
      record === undefined ? 'holds no similarity study' : 'its explanations are not finished',
      'run `faceprobe similarity run` with the same --output',
    );
  }
  return { folder, record };
}
