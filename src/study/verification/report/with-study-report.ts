import { join } from 'node:path';
import { reportRuns } from '../../report/report-runs.js';
import type { StudyOutcome } from '../../study.js';

/** Writes the report of a study anew, once a step of it is done. @returns the outcome, the report being what to look at */
export async function withStudyReport(study: string, outcome: StudyOutcome): Promise<StudyOutcome> {
  if (outcome.record.status !== 'done') return outcome;
  const file = join(study, 'report.html');
  await reportRuns([study], file);
  return { ...outcome, lookAt: file };
}
