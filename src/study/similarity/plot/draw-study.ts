import { readRunRecord } from '../../../jobs/run/read-run-record.js';
import type { MapTableFigure } from '../../../report/figure/map-table-figure.js';
import type { StudyPlot } from '../../verification/plot/study-plot.js';
import type { AggregateSummary } from '../aggregate/aggregate.js';
import { readMeans } from '../aggregate/means-table.js';
import { type PersonRow, readPeopleTable } from '../aggregate/people-table.js';
import { readShares, type ShareRow } from '../aggregate/shares-table.js';
import { readTests, type TestRow } from '../aggregate/tests-table.js';
import { type CompareSummary, meansFingerprint } from '../compare/compare.js';
import {
  type DistanceRow,
  type OverlapRow,
  readDistances,
  readLinkage,
  readOverlaps,
} from '../compare/compare-tables.js';
import { readImageList } from '../explain/image-list.js';
import { studyPeople } from '../people/study-people.js';
import { stepCommands, stepFolder } from '../step-folder.js';
import { type ComparisonPlots, comparisonPlots } from './comparison-plots.js';
import { heatMapTable, typicalTable } from './heat-tables.js';
import { sharePlots } from './share-plots.js';

/** A table of heat maps, and the name of its file without the ending. */
export interface HeatFigure {
  readonly file: string;
  readonly figure: MapTableFigure;
  readonly caption: string;
}

/** Everything that a study shows, from its tables. */
export interface StudyDrawings {
  readonly summary: AggregateSummary;
  readonly heatMaps: readonly HeatFigure[];
  readonly typical: HeatFigure | undefined;
  readonly sharePlots: readonly StudyPlot[];
  readonly shares: readonly ShareRow[];
  readonly tests: readonly TestRow[];
  /** For all models together. */
  readonly people: readonly PersonRow[];
  /** Undefined where the means were not compared, or were made anew since. */
  readonly compared:
    | {
        readonly summary: CompareSummary;
        readonly plots: readonly ComparisonPlots[];
        readonly distances: readonly DistanceRow[];
        readonly overlaps: readonly OverlapRow[];
      }
    | undefined;
}

/** Draws a study whose means are made. @param dpi of the heat maps. */
export async function drawStudy(study: string, dpi = 200): Promise<StudyDrawings> {
  const folder = stepFolder(study, 'aggregate');
  const record = readRunRecord(folder)!;
  const summary = record.results as unknown as AggregateSummary;
  const keys = Object.keys(summary.groups);
  const explained = stepFolder(study, 'explain');
  const settings = { folder, explained, photographs: summary.photographs, dpi };
  const means = await readMeans(folder);
  const shares = await readShares(folder);
  const people = (await readPeopleTable(folder, keys)).filter(({ modelKey }) => modelKey === 'all');

  const heatMaps: HeatFigure[] = [];
  for (const key of keys.length === 0 ? [''] : keys) {
    heatMaps.push({
      file: key === '' ? 'heatmaps' : `heatmaps-${key}`,
      figure: await heatMapTable(means, key, key === '' ? [] : summary.groups[key], settings),
      caption:
        'Mean evidence of the models on the canonical face. Bright: hiding this part lowers the similarity of a face to ' +
        'itself most. All maps share one scale, and each is divided by its own mean, so patterns can be compared, not strengths.',
    });
  }
  const asked = record.settings.asked as { readonly identities: string | null };
  const { persons } = await studyPeople(await readImageList(explained), {
    identities: asked.identities ?? undefined,
  });
  const imagesOf = new Map(persons.map(({ identity, images }) => [identity, images]));
  const typical = await typicalTable(people, (identity) => imagesOf.get(identity)?.at(0), settings);

  const compareFolder = stepFolder(study, 'compare');
  const compareRecord = readRunRecord(compareFolder);
  const current =
    compareRecord?.status === 'done' &&
    compareRecord.command === stepCommands.compare &&
    compareRecord.settings.means === (await meansFingerprint(study));
  const compareSummary = compareRecord?.results as unknown as CompareSummary;
  const distances = current ? await readDistances(compareFolder) : [];
  return {
    ...{ summary, heatMaps, shares, people },
    typical:
      typical === undefined
        ? undefined
        : {
            file: 'people',
            figure: typical,
            caption: `The mean maps of people over ${summary.modelNames.length === 1 ? 'the model' : 'all models'}, and how well they correlate with the mean of all others.`,
          },
    sharePlots: sharePlots(shares, keys),
    tests: await readTests(folder),
    compared: current
      ? {
          summary: compareSummary,
          plots: comparisonPlots(compareSummary, distances, await readLinkage(compareFolder)),
          distances,
          overlaps: await readOverlaps(compareFolder),
        }
      : undefined,
  };
}
