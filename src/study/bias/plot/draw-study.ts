import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRunRecord } from '../../../jobs/run/read-run-record.js';
import type { RunRecord } from '../../../jobs/run/run-record.js';
import { Problem } from '../../../problem.js';
import type { MapTableFigure } from '../../../report/figure/map-table-figure.js';
import type { StudyPlot } from '../../verification/plot/study-plot.js';
import type { ImagesSummary } from '../images/images-table.js';
import type { BiasMeasures } from '../measure/measure.js';
import { stepCommands, stepFolder } from '../step-folder.js';
import { curvePlots } from './curve-plots.js';
import { featurePlots } from './feature-plots.js';
import { meanMapTable } from './mean-map-table.js';
import { mistakePlot } from './mistake-plot.js';
import { whatIfPlots } from './what-if-plots.js';

/** A table of heat maps, and the name of its file without the ending. */
export interface HeatFigure {
  readonly file: string;
  readonly figure: MapTableFigure;
  readonly caption: string;
}

/** The figures of one grouping. */
export interface GroupingDrawings {
  readonly key: string;
  readonly mistakes: readonly StudyPlot[];
  readonly features: readonly StudyPlot[];
  readonly whatIf: readonly StudyPlot[];
  readonly curves: readonly StudyPlot[];
  readonly heatMaps: readonly HeatFigure[];
}

/** Everything that a study shows, from its tables. */
export interface StudyDrawings {
  readonly run: RunRecord;
  readonly summary: ImagesSummary;
  readonly measures: BiasMeasures;
  readonly all: GroupingDrawings;
  readonly byGrouping: readonly GroupingDrawings[];
}

/**
 * Draws a study that was measured. @param dpi of the heat maps.
 * @throws Problem where it was not
 */
export async function drawStudy(study: string, dpi = 200): Promise<StudyDrawings> {
  const run = readRunRecord(stepFolder(study, 'run'));
  const folder = stepFolder(study, 'measure');
  const record = readRunRecord(folder);
  if (run?.status !== 'done' || record?.status !== 'done' || record.command !== stepCommands.measure) {
    throw new Problem(
      study,
      'holds no measured bias study',
      'run `faceprobe bias run` or `faceprobe bias measure`',
    );
  }
  const measures = JSON.parse(await readFile(join(folder, 'measures.json'), 'utf8')) as BiasMeasures;
  const drawings = async (grouping: BiasMeasures['all']): Promise<GroupingDrawings> => ({
    key: grouping.key,
    mistakes: mistakePlot(grouping),
    features: featurePlots(grouping),
    whatIf: whatIfPlots(grouping),
    curves: curvePlots(grouping),
    heatMaps: await meanMapTable(folder, grouping.key, measures, dpi),
  });
  const byGrouping: GroupingDrawings[] = [];
  for (const grouping of measures.byGrouping) byGrouping.push(await drawings(grouping));
  return {
    run,
    summary: run.results as unknown as ImagesSummary,
    measures,
    all: await drawings(measures.all),
    byGrouping,
  };
}
