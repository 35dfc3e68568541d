import { join } from 'node:path';
import { reportRuns } from '../../report/report-runs.js';
import { drawStudy } from '../plot/draw-study.js';
import { writeFigures } from '../plot/write-figures.js';

/**
 * Writes the figures and the report of a study.
 * @param figures whether the figures are written beside the tables too.
 * @returns the report's path
 */
export async function writeStudyReport(study: string, { figures = true } = {}): Promise<string> {
  if (figures) await writeFigures(study, await drawStudy(study));
  const file = join(study, 'report.html');
  await reportRuns([study], file);
  return file;
}
