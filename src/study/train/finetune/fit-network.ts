import { availableParallelism } from 'node:os';
import { splitNames, type Split } from '../../../dataset/people/split-people.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { classWeights } from '../../../train/class-weights.js';
import type { Presented } from '../../../train/learner.worker.js';
import type { StudyContext } from '../../study.js';
import { concludeTraining } from '../conclude-training.js';
import { countClasses } from '../count-classes.js';
import { trainingExample, type Example, type ShowOptions } from '../examples.js';
import { runTraining } from '../run-training.js';
import type { TrainingData } from '../training-data.js';
import type { ViewRowsOptions } from '../view-rows.js';
import { viewFile } from '../views.task.js';
import { finetuneCard } from './finetune-card.js';
import { expectedCounts, finetuneExamples } from './finetune-examples.js';
import type { FinetuneOptions } from './finetune-options.js';
import type { Network } from './network.js';

/** Images that one thread computes at once: what lies between the layers of so many stays in the processor's cache. */
const pieceSize = 4;

export interface NetworkTraining {
  readonly options: FinetuneOptions;
  readonly context: StudyContext;
  readonly run: RunFolder;
  readonly network: Network;
  readonly data: TrainingData;
  readonly shows: ShowOptions;
  readonly folder: string;
}

/**
 * Trains a network on the views that a run has kept and writes the model.
 * @returns whether the training came to its end.
 */
export async function fitNetwork({
  options,
  context,
  run,
  network,
  data,
  shows,
  folder,
}: NetworkTraining): Promise<boolean> {
  const { card, decision, model, parameters } = network;
  const isUsable = ({ image }: Example) => run.finished.has(data.images[image].name);
  const all = finetuneExamples(data, shows);
  const examples = Object.fromEntries(
    splitNames.map((split) => [split, all[split].filter(isUsable)]),
  ) as Record<Split, Example[]>;
  const counts = countClasses(examples, decision.classes);
  const weights = classWeights(
    options.classWeights,
    decision.classes,
    expectedCounts(examples.train, decision.classes, shows),
  );
  // Training images by their position; behind them what is measured, which is kept as it is to be shown.
  const files = data.images.map(({ name }) => viewFile(folder, name));
  const presented = ({ class: name, image, presentation }: Example): Presented => {
    const position = decision.classes.indexOf(name);
    return { item: image, presentation, target: decision.targetOf(position), weight: weights[position] };
  };
  const measured = (split: 'validation' | 'test'): Presented[] => {
    const next = new Map<number, number>();
    return examples[split].map((example) => {
      const nth = next.get(example.image) ?? 0;
      next.set(example.image, nth + 1);
      const item = files.push(viewFile(folder, data.images[example.image].name, nth)) - 1;
      return { ...presented(example), item, presentation: undefined };
    });
  };
  const [validation, test] = [measured('validation'), measured('test')];
  const source: ViewRowsOptions = {
    files,
    input: card.input,
    augmentations: options.augment,
  };
  const outcome = await runTraining({
    model,
    logits: network.logits,
    parameters,
    decision,
    source: { module: new URL('../view-rows.js', import.meta.url), options: source },
    pieceSize,
    workers: options.workers ?? availableParallelism(),
    training: [...new Set(examples.train.map(({ image }) => image))],
    present: (image, epoch) => presented(trainingExample(data.images[image], image, epoch, shows)),
    validation,
    test,
    options,
    run,
    context,
  });
  if (!outcome.fitted.complete) return false;

  await concludeTraining({
    run,
    file: options.output,
    model: outcome.model,
    card: finetuneCard(options, network, data),
    trained: options.from === undefined ? 'all weights' : `the weights behind "${options.from}"`,
    parameters,
    data,
    decision,
    examples,
    counts,
    outcome,
    compare: true,
  });
  return true;
}
