import { join } from 'node:path';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { type MapDistanceName, mapDistances } from '../../../measure/agreement/map-distances.js';
import { type Linkage, linkages } from '../../../measure/clustering/linkage.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { readRunRecord } from '../../../jobs/run/read-run-record.js';
import { fileSha256 } from '../../../model/zoo/file-sha256.js';
import { Problem } from '../../../problem.js';
import { runStudy } from '../../run-study.js';
import type { StudyContext, StudyOutcome } from '../../study.js';
import { readMeans } from '../aggregate/means-table.js';
import { isSameRun } from '../../same-run.js';
import type { CompareOptions } from '../similarity-options.js';
import { stepCommands, stepFolder } from '../step-folder.js';
import { type Comparison, comparisons } from './comparisons.js';
import {
  type DistanceRow,
  distancesTable,
  type LinkageRow,
  linkageTable,
  type OverlapRow,
  overlapsTable,
} from './compare-tables.js';
import type { CompareItem, CompareResult, CompareTaskOptions } from './compare.task.js';

/** What the record of the run holds of the comparisons. */
export interface CompareSummary {
  /** What was compared, in the order of the report. */
  readonly comparisons: readonly Comparison[];
  readonly measures: readonly MapDistanceName[];
  readonly linkages: readonly Linkage[];
  readonly hottest: number;
}

/**
 * The measures in their order. The first is a distance of distributions of heat, a metric that trees may be made of, of
 * which a model with strong evidence is not further from all others.
 */
const allMeasures: readonly MapDistanceName[] = [
  'jensen-shannon',
  ...(Object.keys(mapDistances) as MapDistanceName[]).filter((name) => name !== 'jensen-shannon'),
];

/** Tells whether the means that were compared are still those of the study. */
export function meansFingerprint(study: string): Promise<string | undefined> {
  return fileSha256(join(stepFolder(study, 'aggregate'), 'means.csv'));
}

/** Compares the mean maps of a study: distances, trees, and how far their hottest pixels are the same. No model is run. */
export async function compare(options: CompareOptions, context: StudyContext): Promise<StudyOutcome> {
  const { output } = options;
  const aggregated = stepFolder(output, 'aggregate');
  const record = readRunRecord(aggregated);
  if (record?.status !== 'done' || record.command !== stepCommands.aggregate) {
    throw new Problem(
      output,
      'holds no finished means of a similarity study',
      'run `faceprobe similarity aggregate`',
    );
  }
  const folder = stepFolder(output, 'compare');
  const earlier = readRunRecord(folder)?.settings as Partial<CompareSummary> | undefined;
  const measures = options.measures ?? earlier?.measures ?? allMeasures;
  const methods = options.linkages ?? earlier?.linkages ?? (Object.keys(linkages) as Linkage[]);
  const hottest = options.hottest ?? earlier?.hottest ?? 0.1;
  const compared = comparisons(await readMeans(aggregated));
  const settings = { means: await meansFingerprint(output), measures, linkages: methods, hottest };
  const task: CompareTaskOptions = { aggregated, linkages: methods, hottest };
  const items = compared.flatMap((comparison) =>
    ([...measures, 'overlap'] as const).map((measure): CompareItem => ({
      ...{ name: `${comparison.name} ${measure}`, comparison, measure },
    })),
  );
  if (items.length === 0) {
    throw new Problem(
      output,
      'there is nothing to compare: one model, and no groups',
      'add a model, or group the people with `faceprobe similarity aggregate --group-by`',
    );
  }
  return runStudy(
    {
      request: { folder, command: stepCommands.compare, settings },
      title: 'compare',
      items,
      module: new URL('./compare.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        if (complete) {
          await writeTables(run, items);
          run.record.results = {
            ...{ comparisons: compared, measures, linkages: methods, hottest },
          } satisfies CompareSummary;
        }
        return {
          json: () => Promise.resolve({ folder, ...run.record.results }),
          lookAt: join(folder, 'distances.csv'),
        };
      },
    },
    { ...options, resume: options.resume !== false && isSameRun(folder, stepCommands.compare, settings) },
    context,
  );
}

async function writeTables(run: RunFolder, items: readonly CompareItem[]): Promise<void> {
  const results = new Map<string, CompareResult>();
  for await (const { item, result } of run.results()) results.set(item, result as CompareResult);
  const distances: DistanceRow[] = [];
  const merges: LinkageRow[] = [];
  const overlaps: OverlapRow[] = [];
  for (const { name, comparison, measure } of items) {
    const result = results.get(name);
    if (result === undefined) continue;
    const labels = comparison.items.map(({ label }) => label);
    if (result.kind === 'overlap') {
      for (const { first, second, ...overlap } of result.pairs) {
        overlaps.push({
          comparison: comparison.name,
          first: labels[first],
          second: labels[second],
          ...overlap,
        });
      }
      continue;
    }
    result.distances.forEach((row, first) => {
      for (let second = first + 1; second < row.length; second++) {
        distances.push({
          ...{ comparison: comparison.name, measure, first: labels[first], second: labels[second] },
          distance: row[second] ?? Number.NaN,
        });
      }
    });
    for (const [linkage, steps] of Object.entries(result.merges ?? {})) {
      merges.push(
        ...steps.map((step) => ({
          ...{ comparison: comparison.name, measure, linkage: linkage as Linkage },
          ...step,
        })),
      );
    }
  }
  await writeFileAtomic(join(run.folder, 'distances.csv'), distancesTable(distances));
  await writeFileAtomic(join(run.folder, 'linkage.csv'), linkageTable(merges));
  await writeFileAtomic(join(run.folder, 'overlaps.csv'), overlapsTable(overlaps));
}
