import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { encodeModel } from '../../onnx/index.js';
import { faceTools, needsOfView } from '../faces/face-tools.js';
import { reportRuns } from '../report/report-runs.js';
import { runStudy } from '../run-study.js';
import type { StudyContext, StudyOutcome } from '../study.js';
import { cluePlan } from './clue-plan.js';
import { countClasses } from './count-classes.js';
import type { FeaturesTaskOptions } from './features.task.js';
import { openBackbone } from './head/backbone.js';
import { fitHead } from './head/fit-head.js';
import { headDecision } from './head/head-decision.js';
import type { HeadOptions } from './head/head-options.js';
import { planHead } from './head/head-plan.js';
import { trainingSettings } from './train-options.js';
import { readTrainingData } from './training-data.js';

/** Trains a head on the features of a frozen backbone and writes both as one model. */
export async function trainHead(options: HeadOptions, context: StudyContext): Promise<StudyOutcome> {
  const { aligned = false, enlarge = false, output, seed, workers = availableParallelism() } = options;
  const backbone = await openBackbone(options);
  const data = await readTrainingData(options);
  const clues = cluePlan(options, options.bonaFide);
  const decision = headDecision(options, data, clues);
  const shows = { seed, augmented: false, clues };
  const plan = planHead(data, options.copies, shows);
  countClasses(plan.examples, decision.classes);
  const { input } = backbone;
  const needs = aligned ? { detector: false, landmarks: false } : needsOfView(input, options);
  const { tools, settings } = await faceTools(options, needs, context);
  const task: FeaturesTaskOptions = {
    backbone: encodeModel(backbone.front),
    name: options.model,
    inputName: backbone.inputName,
    tensor: backbone.feature,
    input,
    tools,
    aligned,
    enlarge,
    augmentations: options.augment,
    folder: join(`${output}.run`, 'features'),
  };
  const outcome = await runStudy(
    {
      request: {
        folder: `${output}.run`,
        command: 'train head',
        settings: {
          inputPath: resolve(options.inputPath),
          labels: options.labels === undefined ? null : resolve(options.labels),
          model: { name: backbone.card.name, reference: options.model, sha256: backbone.sha256 },
          tensor: backbone.tensor,
          recipe: options.recipe,
          preprocessing: input,
          classes: decision.classes,
          bonaFide: options.bonaFide ?? null,
          copies: options.copies,
          identities: data.identifiedBy,
          ...trainingSettings(options),
          aligned,
          enlarge,
          ...(aligned ? {} : settings),
        },
      },
      title: 'features',
      items: plan.items,
      problems: data.problems,
      notes: data.notes,
      module: new URL('./features.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        const finished =
          complete && (await fitHead({ options, context, run, backbone, data, decision, plan }));
        return { json: () => Promise.resolve(run.record), lookAt: output, complete: finished };
      },
    },
    { ...options, workers },
    context,
  );
  if (outcome.record.status === 'done')
    await reportRuns([outcome.folder], join(outcome.folder, 'report.html'));
  return outcome;
}
