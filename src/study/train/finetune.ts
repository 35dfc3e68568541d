import { availableParallelism } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import { splitNames, type Split } from '../../dataset/people/split-people.js';
import type { RunFolder } from '../../jobs/run/run-folder.js';
import { classNames, type Card } from '../../model/card.js';
import { cardInput } from '../../model/check-card.js';
import { openModel } from '../../model/open-model.js';
import { decodeModel, extractSubgraph, finalActivation, type OnnxModel } from '../../onnx/index.js';
import { Problem } from '../../problem.js';
import { classWeights } from '../../train/class-weights.js';
import { sigmoidDecision, softmaxDecision, type Decision } from '../../train/decision.js';
import type { Presented } from '../../train/learner.worker.js';
import { parameterCount, trainableParameters, type Parameter } from '../../train/parameters.js';
import { faceTools, needsOfView } from '../faces/face-tools.js';
import { reportRuns } from '../report/report-runs.js';
import { runStudy } from '../run-study.js';
import type { StudyContext, StudyOutcome } from '../study.js';
import { cluePlan } from './clue-plan.js';
import { countClasses } from './count-classes.js';
import { measuredExamples, trainingExample, type Example, type ShowOptions } from './examples.js';
import type { Presentation } from './presentation.js';
import { runTraining } from './run-training.js';
import { scoredExamples, writeScoredExamples } from './score-table.js';
import type { TrainSummary } from './summary.js';
import { testMeasures } from './test-measures.js';
import { trainingSettings, type TrainOptions } from './train-options.js';
import { readTrainingData, type TrainingData } from './training-data.js';
import type { ViewRowsOptions } from './view-rows.js';
import { viewFile, type ViewsItem, type ViewsTaskOptions } from './views.task.js';
import { writeTrainedModel } from './write-trained-model.js';

export interface FinetuneOptions extends TrainOptions {
  /** Only what lies behind this tensor is trained; all weights where left out. */
  readonly from?: string | undefined;
}

/** Images that one thread computes at once: what lies between the layers of so many stays in the processor's cache. */
const pieceSize = 4;

/** Trains the weights of a network further and writes it with its card. */
export async function finetune(options: FinetuneOptions, context: StudyContext): Promise<StudyOutcome> {
  const { aligned = false, enlarge = false, output, seed, workers = availableParallelism() } = options;
  const network = await openNetwork(options);
  const { card, decision } = network;
  const data = await readTrainingData(options, decision.classes);
  const clues = cluePlan(options, card.bonaFide, decision.classes);
  const shows: ShowOptions = { seed, augmented: true, clues };
  const examples = examplesOf(data, shows);
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
      items: itemsOf(data, examples),
      problems: data.problems,
      notes: data.notes,
      module: new URL('./views.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        const finished = complete && (await finish({ options, context, run, network, data, shows, folder }));
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

interface Network {
  readonly card: Card;
  readonly sha256: string;
  readonly model: OnnxModel;
  readonly logits: string;
  readonly parameters: readonly Parameter[];
  readonly decision: Decision;
}

async function openNetwork(options: FinetuneOptions): Promise<Network> {
  const opened = await openModel(options.model, { card: options.card, threads: 1 });
  await opened.close();
  const { card, sha256 } = opened;
  cardInput(card, opened, options.model);
  if (card.input.width === null || card.input.height === null) {
    throw new Problem(options.model, 'takes images of any size', 'give width and height in its card');
  }
  const model = extractSubgraph(
    decodeModel(opened.onnx, options.model),
    Object.keys(card.outputs),
    [],
    options.model,
  );
  const { logits, decision } = classification(card, model);
  const parameters = trainableParameters(model, { of: logits, from: options.from, name: options.model });
  return { card, sha256, model, logits, parameters, decision };
}

/** The output to learn by: the one that holds the bona fide class, else the only one with classes. */
function classification(card: Card, model: OnnxModel): { logits: string; decision: Decision } {
  const outputs = Object.entries(card.outputs).filter(([, output]) => classNames(output).length > 0);
  const { bonaFide } = card;
  const chosen =
    bonaFide === undefined ? outputs : outputs.filter(([, output]) => classNames(output).includes(bonaFide));
  if (chosen.length !== 1) {
    throw new Problem(
      card.name,
      chosen.length === 0
        ? 'its card describes no output with classes'
        : `its card has ${chosen.length} outputs with classes and names no bona fide class`,
      'say in the card which classes it tells apart, and which of them is bona fide',
    );
  }
  const [[name, output]] = chosen;
  if (output.kind === 'logits') {
    return { logits: name, decision: softmaxDecision(output.classes, bonaFide) };
  }
  const wanted = output.kind === 'probability' ? 'sigmoid' : 'softmax';
  const activation = finalActivation(model, name);
  if (activation?.kind !== wanted) {
    throw new Problem(
      card.name,
      `its output "${name}" does not come out of a ${wanted}, so there are no logits to learn by`,
      'describe the tensor before it as logits, if the graph has one as an output',
    );
  }
  const decision =
    output.kind === 'probability'
      ? sigmoidDecision([output.class, output.other], bonaFide)
      : softmaxDecision(classNames(output), bonaFide);
  return { logits: activation.logits, decision };
}

/** Every image with the ways in which it is measured, in the order of the examples. */
function itemsOf(data: TrainingData, examples: Readonly<Record<Split, readonly Example[]>>): ViewsItem[] {
  const measured = data.images.map((): (Presentation | null)[] => []);
  for (const split of ['validation', 'test'] as const) {
    for (const { image, presentation } of examples[split]) measured[image].push(presentation ?? null);
  }
  return data.images.map(({ name, file }, image) => ({ name, file, measured: measured[image] }));
}

/** What each split shows; training as in its first epoch. */
function examplesOf(data: TrainingData, shows: ShowOptions): Record<Split, Example[]> {
  return {
    train: data.images.flatMap((own, image) => {
      if (own.split !== 'train') return [];
      const plain: Example = { image, class: own.class, species: own.class };
      const { clues } = shows;
      // A bona fide image is also an attack, now and then.
      return clues?.bonaFide === own.class ? [plain, { ...plain, class: clues.attack }] : [plain];
    }),
    validation: measuredExamples(data, 'validation', shows),
    test: measuredExamples(data, 'test', shows),
  };
}

interface Finish {
  readonly options: FinetuneOptions;
  readonly context: StudyContext;
  readonly run: RunFolder;
  readonly network: Network;
  readonly data: TrainingData;
  readonly shows: ShowOptions;
  readonly folder: string;
}

/** @returns whether the training came to its end. */
async function finish({ options, context, run, network, data, shows, folder }: Finish): Promise<boolean> {
  const { card, decision, model, parameters } = network;
  const isUsable = ({ image }: Example) => run.finished.has(data.images[image].name);
  const all = examplesOf(data, shows);
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
    source: { module: new URL('./view-rows.js', import.meta.url), options: source },
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

  const scoresOf = (scored: (typeof outcome)['after'], split: 'validation' | 'test') =>
    scoredExamples(scored[split], examples[split], data.images, decision);
  const measuresOf = (scored: (typeof outcome)['after']) => {
    const [test, validation] = [scoresOf(scored, 'test'), scoresOf(scored, 'validation')];
    return test === undefined || validation === undefined ? null : testMeasures(test, validation);
  };
  const summary: TrainSummary = {
    classes: decision.classes,
    bonaFide: card.bonaFide ?? null,
    trained: options.from === undefined ? 'all weights' : `the weights behind "${options.from}"`,
    parameters: parameterCount(parameters),
    people: data.people,
    examples: counts,
    history: outcome.fitted.history,
    best: outcome.fitted.best,
    measures: { before: measuresOf(outcome.before), after: measuresOf(outcome.after) },
  };
  Object.assign(run.record.results, summary);
  for (const when of ['before', 'after'] as const) {
    const scored = scoresOf(outcome[when], 'test');
    const name = when === 'before' ? 'test-scores-before.csv' : 'test-scores.csv';
    if (scored !== undefined) {
      await writeScoredExamples(join(run.folder, name), scored, examples.test, data.images);
    }
  }
  await writeTrainedModel(options.output, outcome.model, cardOf(options, network, data));
  return true;
}

/** How often each class is to be expected in an epoch, for the weights of the classes. */
function expectedCounts(
  train: readonly Example[],
  classes: readonly string[],
  { clues }: ShowOptions,
): readonly number[] {
  const images = new Map(train.map((example) => [example.image, example]));
  const own = [...images.keys()].map((image) => train.find((example) => example.image === image)!.class);
  return classes.map((name) =>
    own.reduce((sum, each) => {
      if (clues?.bonaFide !== each) return sum + (each === name ? 1 : 0);
      if (name === each) return sum + 1 - clues.probability;
      return sum + (name === clues.attack ? clues.probability : 0);
    }, 0),
  );
}

function cardOf(options: FinetuneOptions, { card, sha256 }: Network, data: TrainingData): Card {
  return {
    ...card,
    name: basename(options.output, extname(options.output)),
    notes: [
      ...(card.notes ?? []),
      `Fine-tuned by \`faceprobe train finetune\` from ${card.name} (SHA-256 ${sha256}): learned from ${data.people.train} people, chosen on ${data.people.validation}, measured on ${data.people.test}; nobody is in two of these splits. Seed ${options.seed}. What the notes above say was measured before.`,
    ],
  };
}
