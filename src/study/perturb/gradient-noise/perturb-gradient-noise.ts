import { stringify } from 'csv-stringify/sync';
import { join, resolve } from 'node:path';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { checkEpsilon } from '../../../perturb/adversarial/gradient-noise.js';
import type { NormName } from '../../../perturb/adversarial/norms/norms.js';
import { checkOutputFolder } from '../../check-output-folder.js';
import { describeModel } from '../../describe-model.js';
import { targetRequest } from '../../explain/target-request.js';
import { type FaceOptions, faceTools, needsOfView } from '../../faces/face-tools.js';
import { imageItems } from '../../image-items.js';
import { checkStems } from '../../output-name.js';
import { runStudy } from '../../run-study.js';
import type { StudyContext, StudyOptions, StudyOutcome } from '../../study.js';
import { summariseAttack } from '../attacked-model/summarise-attack.js';
import { thresholdOf } from '../attacked-model/threshold-of.js';
import type { GradientNoiseResult, GradientNoiseTaskOptions, NoiseSettings } from './gradient-noise.task.js';

export interface PerturbGradientNoiseOptions
  extends FaceOptions, StudyOptions, Omit<NoiseSettings, 'threshold'> {
  readonly inputPath: string;
  readonly outputPath: string;
  readonly model: string;
  /** A card file. */
  readonly card?: string | undefined;
  /** See `parseTarget`. */
  readonly target?: string | undefined;
  /** The image that a verification model compares with. */
  readonly reference?: string | undefined;
  /** Where the decision changes. @default 0.5 for probabilities; cosines and quantities have none */
  readonly threshold?: number | undefined;
  readonly aligned?: boolean | undefined;
  readonly seed: number;
}

/**
 * Adds noise that follows a model's gradient to what the model sees of every image below a folder. The same tree is written, as
 * PNG files in the size of the model's input.
 */
export async function perturbGradientNoise(
  options: PerturbGradientNoiseOptions,
  context: StudyContext,
): Promise<StudyOutcome> {
  const { inputPath, outputPath, model, aligned = false, seed } = options;
  const { method, norm, epsilon, steps, stepSize, momentum, goal } = options;
  checkEpsilon(epsilon);
  checkOutputFolder(outputPath, [inputPath]);
  const { items, problems } = await imageItems([inputPath]);
  checkStems(items.map(({ name }) => name));
  const description = await describeModel(model, options.card);
  const { card, sha256 } = description;
  const target = targetRequest(options, description);
  const threshold = thresholdOf(options.threshold, target);
  const needs = aligned ? { detector: false, landmarks: false } : needsOfView(card.input, options);
  const { tools, settings } = await faceTools(options, needs, context);
  const noise: NoiseSettings = { method, norm, epsilon, steps, stepSize, momentum, goal, threshold };
  const task: GradientNoiseTaskOptions = { ...noise, outputPath, model, card, target, aligned, seed, tools };
  return runStudy(
    {
      request: {
        folder: outputPath,
        command: 'perturb gradient-noise',
        settings: {
          inputPath: resolve(inputPath),
          model: { name: card.name, reference: model, sha256 },
          preprocessing: card.input,
          target,
          ...noise,
          seed,
          aligned,
          ...(aligned ? {} : settings),
        },
      },
      title: 'perturb gradient-noise',
      items,
      problems,
      module: new URL('./gradient-noise.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        const json = complete ? await writeSummary(run, outputPath) : run.record;
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

const summaryFile = 'summary.json';
const tableFile = 'gradient-noise.csv';

/** One line an image, and the success rate with its interval. */
async function writeSummary(run: RunFolder, outputPath: string): Promise<unknown> {
  const rows: { name: string; result: GradientNoiseResult }[] = [];
  for await (const { item, result } of run.results())
    rows.push({ name: item, result: result as GradientNoiseResult });
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  const table = rows.map(({ name, result }) => {
    const { output, direction, before, after, attackable, flipped, reached } = result;
    return {
      ...{ file: name, output, direction, before, after },
      attackable: Number(attackable),
      flipped: Number(flipped),
      ...reached,
    };
  });
  await writeFileAtomic(join(outputPath, tableFile), stringify(table, { header: true }));
  const { settings } = run.record;
  const largest = (norm: NormName) => Math.max(...rows.map(({ result }) => result.reached[norm]));
  const summary = {
    settings,
    ...summariseAttack(rows.map(({ result }) => result)),
    /** The largest sizes of a change, in levels. */
    largest: { linf: largest('linf'), l2: largest('l2') },
    table: tableFile,
  };
  await writeFileAtomic(join(outputPath, summaryFile), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}
