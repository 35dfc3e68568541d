import { join } from 'node:path';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { renderMapTable } from '../../../report/figure/render-map-table.js';
import { type PlotFormat, plotFormats, writePlots } from '../../verification/plot/study-plot.js';
import { stepFolder } from '../step-folder.js';
import type { StudyDrawings } from './draw-study.js';

/** Writes the figures of a study beside the tables that they show. @returns their paths. */
export async function writeFigures(
  study: string,
  { all, byGrouping }: StudyDrawings,
  formats: readonly PlotFormat[] = plotFormats,
): Promise<string[]> {
  const folder = stepFolder(study, 'measure');
  const written: string[] = [];
  for (const { heatMaps, mistakes, features, whatIf, curves } of [all, ...byGrouping]) {
    for (const { file, figure } of heatMaps) {
      const path = join(folder, `${file}.png`);
      await writeFileAtomic(path, await renderMapTable(figure));
      written.push(path);
    }
    const plots = [...mistakes, ...features, ...whatIf, ...curves];
    written.push(...(await writePlots(folder, plots, formats)));
  }
  return written;
}
