import { join } from 'node:path';
import { fileSha256 } from '../../../model/zoo/file-sha256.js';
import { readRunRecord } from '../../../jobs/run/read-run-record.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { Problem } from '../../../problem.js';
import { runStudy } from '../../run-study.js';
import { isSameRun } from '../../same-run.js';
import type { StudyContext, StudyOutcome } from '../../study.js';
import type { BiasMeasureOptions } from '../bias-options.js';
import type { ImagesSummary } from '../images/images-table.js';
import type { Decision } from '../labels/decision.js';
import { type Grouping, groupings } from '../labels/grouping.js';
import { stepCommands, stepFolder } from '../step-folder.js';
import type { GroupingMeasures, MeasureSettings } from './grouping-measures.js';
import type { MeanMap } from './mean-maps.js';
import type { MeasureItem, MeasureResult, MeasureTaskOptions } from './measure.task.js';
import { studiedImages } from './studied-images.js';
import { upstreamMeasures, type UpstreamMeasures } from './upstream-measures.js';
import { writeTables } from './measures-tables.js';

/** Everything that was measured of a study; what `measures.json` and the record of the run hold. */
export interface BiasMeasures {
  readonly decision: Decision;
  readonly settings: MeasureSettings;
  readonly ageWidth: number;
  readonly groupings: readonly Grouping[];
  readonly all: GroupingMeasures;
  readonly byGrouping: readonly GroupingMeasures[];
  readonly means: readonly MeanMap[];
  /** The numbers of the published notebook; only of a run with `--compat upstream`. */
  readonly upstream: UpstreamMeasures | null;
}

/** What the run's record says that measuring needs. */
interface RunSettings {
  readonly decision: Decision;
  readonly groupBy: readonly string[];
  readonly ageWidth: number;
  readonly sample: { readonly seed: number };
  readonly compat: 'upstream' | null;
}

/** Measures a finished run by the groups that are asked for. No model is run. */
export async function measure(options: BiasMeasureOptions, context: StudyContext): Promise<StudyOutcome> {
  const { output } = options;
  const runFolder = stepFolder(output, 'run');
  const record = readRunRecord(runFolder);
  if (record?.status !== 'done' || record.command !== stepCommands.run) {
    throw new Problem(output, 'holds no finished run of a bias study', 'run `faceprobe bias run`');
  }
  const run = record.settings as unknown as RunSettings;
  const folder = stepFolder(output, 'measure');
  const earlier = readRunRecord(folder)?.settings as Partial<MeasureSettings & RunSettings> | undefined;
  const images = await studiedImages(runFolder);
  const columns = [...new Set(images.flatMap(({ labels }) => Object.keys(labels)))];
  const groupBy = options.groupBy ?? earlier?.groupBy ?? run.groupBy;
  const ageWidth = options.ageWidth ?? earlier?.ageWidth ?? run.ageWidth;
  const chosen = groupings(groupBy, columns);
  const settings: MeasureSettings = {
    least: options.leastImages ?? earlier?.least ?? 10,
    over: options.over ?? earlier?.over ?? 'all',
    seed: options.measureSeed ?? earlier?.seed ?? run.sample.seed,
    resamples: options.resamples ?? earlier?.resamples ?? 2000,
    permutations: options.permutations ?? earlier?.permutations ?? 9999,
  };
  const { decision } = run;
  const { regions } = record.results as unknown as ImagesSummary;
  const task: MeasureTaskOptions = {
    ...{ run: runFolder, folder, decision, groupings: chosen, ageWidth, regions, settings },
  };
  const items: MeasureItem[] = [
    { name: 'all images', kind: 'all' },
    { name: 'mean maps', kind: 'maps' },
    ...chosen.map((grouping) => ({ name: `by ${grouping.key}`, kind: 'grouping' as const, grouping })),
  ];
  const asked = { images: await fileSha256(join(runFolder, 'images.csv')), groupBy, ageWidth, ...settings };
  return runStudy(
    {
      request: { folder, command: stepCommands.measure, settings: asked },
      title: 'measure',
      items,
      module: new URL('./measure.task.js', import.meta.url),
      options: task,
      conclude: async (step, complete) => {
        if (complete) {
          const { all, byGrouping, means } = await collect(step, items);
          const measures: BiasMeasures = {
            ...{ decision, settings, ageWidth, groupings: chosen, all, byGrouping, means },
            upstream: run.compat === 'upstream' ? upstreamMeasures(images, decision, regions) : null,
          };
          await writeTables(folder, measures);
          step.record.results = { ...measures };
        }
        return {
          json: () => Promise.resolve({ folder, ...step.record.results }),
          lookAt: join(folder, 'groups.csv'),
        };
      },
    },
    { ...options, resume: options.resume !== false && isSameRun(folder, stepCommands.measure, asked) },
    context,
  );
}

async function collect(
  step: RunFolder,
  items: readonly MeasureItem[],
): Promise<Pick<BiasMeasures, 'all' | 'byGrouping' | 'means'>> {
  const results = new Map<string, MeasureResult>();
  for await (const { item, result } of step.results()) results.set(item, result as MeasureResult);
  const measuresOf = (kind: MeasureItem['kind']) =>
    items.flatMap((item) => {
      const result = item.kind === kind ? results.get(item.name) : undefined;
      return result?.kind === 'measures' ? [result.measures] : [];
    });
  const maps = results.get('mean maps');
  const [all] = measuresOf('all');
  return { all, byGrouping: measuresOf('grouping'), means: maps?.kind === 'maps' ? maps.means : [] };
}
