import { stringify } from 'csv-stringify/sync';
import { join, resolve } from 'node:path';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { RandomState } from '../../../tensor/random.js';
import { checkOutputFolder } from '../../check-output-folder.js';
import { describeModel } from '../../describe-model.js';
import { targetRequest } from '../../explain/target-request.js';
import { type FaceOptions, faceTools, needsOfView } from '../../faces/face-tools.js';
import { type ImageItem, imageItems } from '../../image-items.js';
import { checkStems } from '../../output-name.js';
import { runStudy } from '../../run-study.js';
import type { StudyContext, StudyOptions, StudyOutcome } from '../../study.js';
import type { AttackedModelOptions } from '../attacked-model/attacked-model.js';
import { summariseAttack } from '../attacked-model/summarise-attack.js';
import { thresholdOf } from '../attacked-model/threshold-of.js';
import type { MakePatchTaskOptions } from './make-patch.task.js';
import type { PastePatchResult, PastePatchTaskOptions } from './paste-patch.task.js';

export interface PerturbPatchOptions extends FaceOptions, StudyOptions {
  readonly inputPath: string;
  readonly outputPath: string;
  readonly model: string;
  /** A card file. */
  readonly card?: string | undefined;
  /** See `parseTarget`. */
  readonly target?: string | undefined;
  /** The image that a verification model compares with. */
  readonly reference?: string | undefined;
  readonly goal: 'raise' | 'lower';
  readonly threshold?: number | undefined;
  readonly aligned?: boolean | undefined;
  /** Side in pixels of what the model sees. */
  readonly size: number;
  /** Middle of the patch, as shares of width and height. */
  readonly place: readonly [number, number];
  readonly jitter: number;
  readonly steps: number;
  readonly stepSize: number;
  readonly imagesPerStep: number;
  /** The most images that the patch is made on, drawn at random; all others tell how well it works elsewhere. */
  readonly trainImages: number;
  readonly seed: number;
}

const patchName = 'patch.png';
const tableFile = 'patch.csv';
const summaryFile = 'summary.json';

/**
 * Makes one patch that raises or lowers a model's score on whatever face it lies, out of some images of a folder, and puts it on
 * what the model sees of all of them.
 */
export async function perturbPatch(
  options: PerturbPatchOptions,
  context: StudyContext,
): Promise<StudyOutcome> {
  const { inputPath, outputPath, model, goal, aligned = false, seed } = options;
  const { size, place, jitter, steps, stepSize, imagesPerStep } = options;
  checkOutputFolder(outputPath, [inputPath]);
  const { items, problems } = await imageItems([inputPath]);
  checkStems(items.map(({ name }) => name));
  const description = await describeModel(model, options.card);
  const { card, sha256 } = description;
  const target = targetRequest(options, description);
  const threshold = thresholdOf(options.threshold, target);
  const needs = aligned ? { detector: false, landmarks: false } : needsOfView(card.input, options);
  const { tools, settings: faceSettings } = await faceTools(options, needs, context);
  const attacked: AttackedModelOptions = { model, card, target, aligned, tools };
  const patch = { size, place, jitter, direction: goal, steps, stepSize, imagesPerStep, seed };
  const images = drawn(items, options.trainImages, seed);
  const patchFile = join(outputPath, patchName);
  const settings = {
    inputPath: resolve(inputPath),
    model: { name: card.name, reference: model, sha256 },
    preprocessing: card.input,
    target,
    patch,
    threshold,
    trainImages: images.map(({ name }) => name),
    aligned,
    ...(aligned ? {} : faceSettings),
  };

  const making: MakePatchTaskOptions = { ...attacked, patch, images, patchFile };
  const made = await runStudy(
    {
      request: { folder: join(outputPath, 'making'), command: 'perturb patch: making', settings },
      title: 'making the patch',
      items: [{ name: patchName }],
      module: new URL('./make-patch.task.js', import.meta.url),
      options: making,
      conclude: (run) => Promise.resolve({ json: () => Promise.resolve(run.record), lookAt: patchFile }),
    },
    { ...options, workers: 1 },
    context,
  );
  if (made.record.status !== 'done') return made;

  const pasting: PastePatchTaskOptions = { ...attacked, patch, threshold, patchFile, outputPath };
  return runStudy(
    {
      request: { folder: outputPath, command: 'perturb patch', settings },
      title: 'perturb patch',
      items,
      problems,
      module: new URL('./paste-patch.task.js', import.meta.url),
      options: pasting,
      conclude: async (run, complete) => {
        const json = complete
          ? await writeSummary(run, outputPath, new Set(settings.trainImages))
          : run.record;
        return {
          json: () => Promise.resolve(json),
          lookAt: complete ? join(outputPath, summaryFile) : outputPath,
        };
      },
    },
    options,
    context,
  );
}

/** Some of the images, sorted by name: which ones depends on the seed alone. */
function drawn(items: readonly ImageItem[], count: number, seed: number): ImageItem[] {
  const order = [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
  new RandomState(seed).shuffle(order);
  return order.slice(0, count).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function writeSummary(
  run: RunFolder,
  outputPath: string,
  training: ReadonlySet<string>,
): Promise<unknown> {
  const rows: { name: string; result: PastePatchResult }[] = [];
  for await (const { item, result } of run.results())
    rows.push({ name: item, result: result as PastePatchResult });
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  const table = rows.map(({ name, result: { output, before, after, attackable, flipped } }) => ({
    ...{ file: name, output, training: Number(training.has(name)), before, after },
    attackable: Number(attackable),
    flipped: Number(flipped),
  }));
  await writeFileAtomic(join(outputPath, tableFile), stringify(table, { header: true }));
  const of = (inTraining: boolean) =>
    summariseAttack(rows.filter(({ name }) => training.has(name) === inTraining).map(({ result }) => result));
  const { settings } = run.record;
  const summary = { settings, otherImages: of(false), trainingImages: of(true), table: tableFile };
  await writeFileAtomic(join(outputPath, summaryFile), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}
