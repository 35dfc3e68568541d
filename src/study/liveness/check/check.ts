import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { outputPath } from '../../../dataset/output-path.js';
import { requireFfmpeg } from '../../../dataset/video/require-ffmpeg.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { standaloneSvg } from '../../../report/plot/standalone-svg.js';
import { faceTools } from '../../faces/face-tools.js';
import { reportRuns } from '../../report/report-runs.js';
import { runStudy } from '../../run-study.js';
import type { StudyContext, StudyOutcome } from '../../study.js';
import { defaultEnsemble } from '../ensemble/default-ensemble.js';
import type { EnsembleDescription } from '../ensemble/ensemble.js';
import { type Ensemble, openEnsemble } from '../ensemble/open-ensemble.js';
import { readEnsemble } from '../ensemble/read-ensemble.js';
import { mediaItems } from '../media/media-items.js';
import type { CheckItem } from './check-item.js';
import type { CheckOptions } from './check-options.js';
import { framesTable, scoresTable, timesTable } from './check-tables.js';
import type { CheckTaskOptions } from './check.task.js';
import { checkInWords } from './in-words.js';
import { withKnownBoxes } from './known-boxes.js';
import { checkedItems, memberSummary, summariseChecks } from './summarise-checks.js';
import { timeline } from './timeline.js';

/** Says of photographs and videos whether they show an attack, by an ensemble of PAD networks. */
export async function check(options: CheckOptions, context: StudyContext): Promise<StudyOutcome> {
  const { inputs, output, aligned = false, boxes, every, pool, photos } = options;
  const { workers = availableParallelism() } = options;
  const media = await mediaItems(inputs);
  const known = boxes === undefined ? undefined : await withKnownBoxes(media.items, boxes);
  const items: readonly CheckItem[] = known?.items ?? media.items;
  const problems = [...media.problems, ...(known?.problems ?? [])];
  // Among photographs, videos that cannot be read are only skipped.
  if (items.length > 0 && items.every(({ kind }) => kind === 'video')) await requireFfmpeg();
  const ensemble = await openEnsemble(await describedEnsemble(options));
  // A known box comes without the five points that some crops need, and not every detector finds them.
  const pointless = boxes !== undefined || options.detector !== 'mtcnn';
  const { tools, settings } = await faceTools(
    options,
    {
      detector: !aligned && boxes === undefined,
      landmarks: !aligned && pointless && usesPoints(ensemble),
    },
    context,
  );
  const threads = Math.max(
    1,
    Math.floor(availableParallelism() / Math.min(workers, Math.max(items.length, 1))),
  );
  const task: CheckTaskOptions = { ensemble, aligned, tools, every, pool, threads };
  const outcome = await runStudy(
    {
      request: {
        folder: output,
        command: 'liveness check',
        settings: {
          inputs: inputs.map((input) => resolve(input)),
          fusion: ensemble.fusion,
          threshold: ensemble.threshold,
          logistic: ensemble.logistic ?? null,
          members: ensemble.members.map(memberSummary),
          preprocessing: Object.fromEntries(ensemble.members.map(({ name, card }) => [name, card.input])),
          aligned,
          boxes: boxes === undefined ? null : resolve(boxes),
          every,
          pool,
          photos,
          ...settings,
        },
      },
      title: 'check',
      items,
      problems,
      module: new URL('./check.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        const lines = complete ? await conclude(run, items, ensemble) : [];
        return {
          json: async () => ({ ...run.record.results, items: await documented(run, items) }),
          lookAt: join(output, complete ? 'report.html' : 'run.json'),
          lines,
        };
      },
    },
    { ...options, workers },
    context,
  );
  if (outcome.record.status === 'done') await reportRuns([output], join(output, 'report.html'));
  return outcome;
}

async function describedEnsemble(options: CheckOptions): Promise<EnsembleDescription> {
  const { member = [], ensemble, fusion, threshold, fit } = options;
  const described =
    ensemble !== undefined
      ? await readEnsemble(ensemble)
      : member.length > 0
        ? { members: [...member] }
        : defaultEnsemble;
  return {
    ...described,
    members: ensemble === undefined ? described.members : [...described.members, ...member],
    fusion: fusion ?? described.fusion,
    threshold: threshold ?? described.threshold,
    fit: fit ?? described.fit,
  };
}

/** Whether a member aligns to five points. */
function usesPoints({ members }: Ensemble): boolean {
  return members.some(({ card }) => card.input.crop.kind === 'template');
}

async function conclude(
  run: RunFolder,
  items: readonly CheckItem[],
  ensemble: Ensemble,
): Promise<readonly string[]> {
  const checked = await checkedItems(run);
  const files = new Map(items.map(({ name, file }) => [name, file.replaceAll('\\', '/')]));
  const pathOf = (name: string) => files.get(name) ?? name;
  Object.assign(run.record.results, summariseChecks(checked, ensemble));
  const { folder } = run;
  await writeFileAtomic(join(folder, 'scores.csv'), scoresTable(checked, pathOf, ensemble));
  await writeFileAtomic(join(folder, 'times.csv'), timesTable(checked, pathOf, ensemble));
  for (const { name, result } of checked) {
    if (result.kind === 'image') continue;
    await writeFileAtomic(outputPath(folder, `frames/${name}.csv`), framesTable(result, ensemble));
    const plot = timeline('timeline', name, result, ensemble.fusion);
    await writeFileAtomic(outputPath(folder, `timelines/${name}.svg`), standaloneSvg(plot));
  }
  await writeFileAtomic(
    join(folder, 'check.json'),
    `${JSON.stringify({ ...run.record.results, items: await documented(run, items) }, null, 2)}\n`,
  );
  return checkInWords(checked);
}

/** Every item with its result or the reason why it has none, in the order in which they were named. */
async function documented(run: RunFolder, items: readonly CheckItem[]): Promise<unknown[]> {
  const results = new Map((await checkedItems(run)).map(({ name, result }) => [name, result]));
  const reasons = [...run.record.skipped, ...run.record.failed];
  return [
    ...items.flatMap(({ name, file }) => {
      const result = results.get(name);
      return result === undefined ? [] : [{ ...result, file }];
    }),
    ...reasons.map(({ item, reason }) => ({ file: item, error: reason })),
  ];
}
