import { readRunRecord } from '../../../jobs/run/read-run-record.js';
import { Problem } from '../../../problem.js';
import type { PlotFormat } from '../../verification/plot/study-plot.js';
import { writeStudyReport } from '../report/write-study-report.js';
import { stepCommands, stepFolder } from '../step-folder.js';
import { drawStudy } from './draw-study.js';
import { writeFigures } from './write-figures.js';

export interface PlotStudyOptions {
  /** The folder of the study. */
  readonly output: string;
  readonly formats: readonly PlotFormat[];
  /** Of the heat maps. */
  readonly dpi: number;
}

/**
 * Draws all figures and the report of a study anew from its tables.
 * @returns the files.
 * @throws Problem where the means are not made.
 */
export async function plotStudy({ output, formats, dpi }: PlotStudyOptions): Promise<string[]> {
  const record = readRunRecord(stepFolder(output, 'aggregate'));
  if (record?.status !== 'done' || record.command !== stepCommands.aggregate) {
    throw new Problem(
      output,
      'holds no finished means of a similarity study',
      'run `faceprobe similarity run` or `faceprobe similarity aggregate`',
    );
  }
  const figures = await writeFigures(output, await drawStudy(output, dpi), formats);
  return [...figures, await writeStudyReport(output, { figures: false })];
}
