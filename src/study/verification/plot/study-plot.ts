import { join } from 'node:path';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { Plot } from '../../../report/plot/plot.js';
import { renderPlot } from '../../../report/plot/render-plot.js';
import { standaloneSvg } from '../../../report/plot/standalone-svg.js';

/** A plot with what it shows and over how many pairs. */
export interface CaptionedPlot {
  readonly plot: Plot;
  readonly caption: string;
}

/** A plot of a study as a file. */
export interface StudyPlot extends CaptionedPlot {
  /** Its name without the ending. */
  readonly file: string;
}

export const plotFormats = ['svg', 'png'] as const;
export type PlotFormat = (typeof plotFormats)[number];

/** Writes plots as files. @returns their paths. */
export async function writePlots(
  folder: string,
  plots: readonly StudyPlot[],
  formats: readonly PlotFormat[] = plotFormats,
): Promise<string[]> {
  const written: string[] = [];
  for (const { file, plot } of plots) {
    for (const format of formats) {
      const path = join(folder, `${file}.${format}`);
      await writeFileAtomic(path, format === 'svg' ? standaloneSvg(plot) : await renderPlot(plot));
      written.push(path);
    }
  }
  return written;
}
