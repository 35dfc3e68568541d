import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { faceTools, needsOfView } from '../faces/face-tools.js';
import { reportRuns } from '../report/report-runs.js';
import { runStudy } from '../run-study.js';
import type { StudyContext, StudyOutcome } from '../study.js';
import { cluePlan } from './clue-plan.js';
import { countClasses } from './count-classes.js';
import type { ShowOptions } from './examples.js';
import { finetuneExamples, viewItems } from './finetune/finetune-examples.js';
import type { FinetuneOptions } from './finetune/finetune-options.js';
import { fitNetwork } from './finetune/fit-network.js';
import { openNetwork } from './finetune/network.js';
import { trainingSettings } from './train-options.js';
import { readTrainingData } from './training-data.js';
import type { ViewsTaskOptions } from './views.task.js';

/** Trains the weights of a network further and writes it with its card. */
export async function finetune(options: FinetuneOptions, context: StudyContext): Promise<StudyOutcome> {
  const { aligned = false, enlarge = false, output, seed, workers = availableParallelism() } = options;
  const network = await openNetwork(options);
  const { card, decision } = network;
  const data = await readTrainingData(options, decision.classes);
  const clues = cluePlan(options, card.bonaFide, decision.classes);
  const shows: ShowOptions = { seed, augmented: true, clues };
  const examples = finetuneExamples(data, shows);
  countClasses(examples, decision.classes);
  const needs = aligned ? { detector: false, landmarks: false } : needsOfView(card.input, options);
  const { tools, settings } = await faceTools(options, needs, context);
  const folder = join(`${output}.run`, 'views');
  const task: ViewsTaskOptions = { input: card.input, tools, aligned, enlarge, folder };
  const outcome = await runStudy(
    {
      request: {
        folder: `${output}.run`,
        command: 'train finetune',
        settings: {
          inputPath: resolve(options.inputPath),
          labels: options.labels === undefined ? null : resolve(options.labels),
          model: { name: card.name, reference: options.model, sha256: network.sha256 },
          from: options.from ?? null,
          preprocessing: card.input,
          classes: decision.classes,
          bonaFide: card.bonaFide ?? null,
          identities: data.identifiedBy,
          ...trainingSettings(options),
          ...(clues === undefined ? {} : { clueClass: clues.attack }),
          aligned,
          enlarge,
          ...(aligned ? {} : settings),
        },
      },
      title: 'faces',
      items: viewItems(data, examples),
      problems: data.problems,
      notes: data.notes,
      module: new URL('./views.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        const finished =
          complete && (await fitNetwork({ options, context, run, network, data, shows, folder }));
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
