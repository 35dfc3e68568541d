import { join } from 'node:path';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { renderMapTable } from '../../../report/figure/render-map-table.js';
import { type PlotFormat, plotFormats, writePlots } from '../../verification/plot/study-plot.js';
import { stepFolder } from '../step-folder.js';
import type { StudyDrawings } from './draw-study.js';

/** Writes the figures of a study beside the tables that they show. @returns their paths. */
export async function writeFigures(
  study: string,
  { heatMaps, typical, sharePlots, compared }: StudyDrawings,
  formats: readonly PlotFormat[] = plotFormats,
): Promise<string[]> {
  const folder = stepFolder(study, 'aggregate');
  const written: string[] = [];
  for (const { file, figure } of [...heatMaps, ...(typical === undefined ? [] : [typical])]) {
    const path = join(folder, `${file}.png`);
    await writeFileAtomic(path, await renderMapTable(figure));
    written.push(path);
  }
  written.push(...(await writePlots(folder, sharePlots, formats)));
  for (const { plots } of compared?.plots ?? []) {
    written.push(...(await writePlots(stepFolder(study, 'compare'), plots, formats)));
  }
  return written;
}
