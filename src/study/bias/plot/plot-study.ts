import type { PlotFormat } from '../../verification/plot/study-plot.js';
import { writeStudyReport } from '../report/write-study-report.js';
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
 * Draws all figures and the report of a study anew from its tables and maps.
 * @returns the files.
 * @throws Problem where it was not measured.
 */
export async function plotStudy({ output, formats, dpi }: PlotStudyOptions): Promise<string[]> {
  const figures = await writeFigures(output, await drawStudy(output, dpi), formats);
  return [...figures, await writeStudyReport(output, { figures: false })];
}
