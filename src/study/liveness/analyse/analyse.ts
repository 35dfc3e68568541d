import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { Problem } from '../../../problem.js';
import { describeModel } from '../../describe-model.js';
import { faceTools, needsOfView } from '../../faces/face-tools.js';
import { type ImageItem, imageItems } from '../../image-items.js';
import { reportRuns } from '../../report/report-runs.js';
import { runStudy } from '../../run-study.js';
import type { StudyContext, StudyOutcome } from '../../study.js';
import { analysedImages } from './analysed-images.js';
import type { AnalyseOptions } from './analyse-options.js';
import type { AnalyseTaskOptions } from './analyse.task.js';
import { imagesTable, quantitiesTable } from './analysis-tables.js';
import { type ComparedQuantity, compareGroups, type Side } from './compare-groups.js';
import { type ImageSides, imageSides } from './image-sides.js';
import { type MeanMaps, meanMaps } from './mean-maps.js';
import { quantitiesOf } from './quantities.js';

/** What `run.json` says of an analysis. */
export interface AnalysisSummary {
  readonly images: number;
  /** Where it is known which images are attacks; `null` where the model's own decisions part them. */
  readonly truth: string | null;
  readonly threshold: number;
  readonly counts: Readonly<Record<Side, number>>;
  /** Images judged attacks, on each side. */
  readonly judgedAttacks: Readonly<Record<Side, number>>;
  /** Images that have no label and belong to no side. */
  readonly unlabelled: number;
  readonly quantities: readonly ComparedQuantity[];
  readonly maps: readonly MeanMaps[];
}

const resamples = 2000;

/** Reads every output of a rich model for each image, and sets bona fides against attacks. */
export async function analyse(options: AnalyseOptions, context: StudyContext): Promise<StudyOutcome> {
  const { inputs, output, model, aligned = false, photos = true, colormap } = options;
  const { workers = availableParallelism() } = options;
  const { items, problems } = await imageItems(inputs);
  const { card, sha256 } = await describeModel(model, options.card);
  if (card.bonaFide === undefined) {
    throw new Problem(
      card.name,
      'its card does not say which class is bona fide, so there is no P(attack)',
      'add "bonaFide" to the card, with the name of the class',
    );
  }
  const truth = await imageSides(items, options);
  const needs = aligned ? { detector: false, landmarks: false } : needsOfView(card.input, options);
  const { tools, settings } = await faceTools(options, needs, context);
  const threads = Math.max(
    1,
    Math.floor(availableParallelism() / Math.min(workers, Math.max(items.length, 1))),
  );
  const task: AnalyseTaskOptions = { folder: output, model, card, aligned, photos, colormap, tools, threads };
  const outcome = await runStudy(
    {
      request: {
        folder: output,
        command: 'liveness analyse',
        settings: {
          inputs: inputs.map((input) => resolve(input)),
          model: { name: card.name, reference: model, sha256 },
          preprocessing: card.input,
          outputs: card.outputs,
          bonaFide: card.bonaFide,
          aligned,
          photos,
          colormap,
          ...(aligned ? {} : settings),
        },
      },
      title: 'analyse',
      items,
      problems,
      module: new URL('./analyse.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        if (complete) await conclude(run, items, truth, options);
        return {
          json: async () => ({ folder: output, ...run.record.results, items: await analysedImages(run) }),
          lookAt: join(output, complete ? 'report.html' : 'run.json'),
          lines: complete ? inWords(run.record.results as unknown as AnalysisSummary) : [],
        };
      },
    },
    { ...options, workers },
    context,
  );
  if (outcome.record.status === 'done') await reportRuns([output], join(output, 'report.html'));
  return outcome;
}

async function conclude(
  run: RunFolder,
  items: readonly ImageItem[],
  truth: ImageSides | undefined,
  { threshold, seed, colormap }: AnalyseOptions,
): Promise<void> {
  const images = await analysedImages(run);
  const byName = new Map(items.map((item) => [item.name, item]));
  const judged = new Map(
    images.map(({ name, result }) => [name, result.pAttack > threshold ? 'attack' : 'bona fide'] as const),
  );
  const sideOf = (name: string): Side | undefined =>
    truth === undefined ? judged.get(name) : truth.sideOf(byName.get(name)!);
  const described = images.length === 0 ? [] : quantitiesOf(images[0].result);
  const quantities = [{ name: 'P(attack)', output: '', kind: 'class' as const }, ...described];
  const sided = images.flatMap(({ name, result }) => {
    const side = sideOf(name);
    if (side === undefined) return [];
    const values = [result.pAttack, ...quantitiesOf(result).map(({ value }) => value)];
    return [{ side, person: truth?.personOf(byName.get(name)!) ?? name, values, judged: judged.get(name) }];
  });
  const countOf = (side: Side, chosen: (image: (typeof sided)[number]) => boolean) =>
    sided.filter((image) => image.side === side && chosen(image)).length;
  const bySide = (chosen: (image: (typeof sided)[number]) => boolean) => ({
    'bona fide': countOf('bona fide', chosen),
    attack: countOf('attack', chosen),
  });
  const summary: AnalysisSummary = {
    images: images.length,
    truth: truth?.source ?? null,
    threshold,
    counts: bySide(() => true),
    judgedAttacks: bySide(({ judged: own }) => own === 'attack'),
    unlabelled: images.length - sided.length,
    quantities: compareGroups(
      quantities.map(({ name, output, kind }) => ({ name, output, kind })),
      sided,
      { resamples, seed },
    ),
    maps: await meanMaps(run.folder, images, sideOf, { colormap, byTruth: truth !== undefined }),
  };
  Object.assign(run.record.results, summary);
  const pathOf = (name: string) => byName.get(name)?.file.replaceAll('\\', '/') ?? name;
  const labelOf = (name: string) => truth?.labelOf(byName.get(name)!);
  await writeFileAtomic(
    join(run.folder, 'images.csv'),
    imagesTable(images, pathOf, labelOf, (name) => (truth === undefined ? undefined : sideOf(name))),
  );
  await writeFileAtomic(join(run.folder, 'quantities.csv'), quantitiesTable(summary.quantities));
}

function inWords({ images, truth, counts, judgedAttacks, threshold, maps }: AnalysisSummary): string[] {
  const sides =
    truth === null
      ? `${judgedAttacks.attack} of ${images} judged attacks at ${threshold}; nothing says which are attacks`
      : `judged attacks at ${threshold}: ${judgedAttacks.attack} of ${counts.attack} attacks, ${judgedAttacks['bona fide']} of ${counts['bona fide']} bona fides`;
  const flat = maps.flatMap(({ output, flat: own }) => {
    const count = own['bona fide'] + own.attack;
    return count === 0 ? [] : [`${output}: ${count} maps are flat, all of their values being the same`];
  });
  return [sides, ...flat];
}
