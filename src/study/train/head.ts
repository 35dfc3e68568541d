import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import { splitNames, type Split } from '../../dataset/people/split-people.js';
import type { RunFolder } from '../../jobs/run/run-folder.js';
import type { Card, CardInput } from '../../model/card.js';
import { cardInput } from '../../model/check-card.js';
import { openModel } from '../../model/open-model.js';
import {
  decodeModel,
  encodeModel,
  extractSubgraph,
  GraphBuilder,
  inferShapes,
  resizeInput,
  spatialLayers,
  type OnnxModel,
} from '../../onnx/index.js';
import { Problem } from '../../problem.js';
import { decodeNpy } from '../../tensor/npy.js';
import { elementCount } from '../../tensor/tensor.js';
import { classWeights } from '../../train/class-weights.js';
import { sigmoidDecision, softmaxDecision, type Decision } from '../../train/decision.js';
import { attachHead, pooledFeature, scoresName } from '../../train/heads/attach-head.js';
import { featureStatistics, headModel, headTensors } from '../../train/heads/head-model.js';
import { heads, type HeadName } from '../../train/heads/heads.js';
import type { Presented } from '../../train/learner.worker.js';
import { parameterCount, trainableParameters } from '../../train/parameters.js';
import { faceTools, needsOfView } from '../faces/face-tools.js';
import { runStudy } from '../run-study.js';
import type { StudyContext, StudyOutcome } from '../study.js';
import { countClasses } from './count-classes.js';
import { cluePlan } from './clue-plan.js';
import { measuredExamples, trainingExample, type CluePlan, type Example } from './examples.js';
import type { FeatureRowsOptions } from './feature-rows.js';
import {
  featureFile,
  type FeaturesItem,
  type FeaturesResult,
  type FeaturesTaskOptions,
} from './features.task.js';
import { runTraining } from './run-training.js';
import { scoredExamples, writeScoredExamples } from './score-table.js';
import type { TrainSummary } from './summary.js';
import { testMeasures } from './test-measures.js';
import { trainingSettings, type TrainOptions } from './train-options.js';
import { readTrainingData, type TrainingData } from './training-data.js';
import { reportRuns } from '../report/report-runs.js';
import { writeTrainedModel } from './write-trained-model.js';

export interface HeadOptions extends TrainOptions {
  /** Where the head begins; the last tensor with height and width where left out. */
  readonly tensor?: string | undefined;
  readonly recipe: HeadName;
  /** Size of the images that the backbone sees, where not its own. */
  readonly inputSize?: { readonly width: number; readonly height: number } | undefined;
  /** How many times as large as the face's box the view is, where not as the card says. */
  readonly cropScale?: number | undefined;
  readonly task: 'pad' | 'mad' | 'attribute';
  readonly bonaFide?: string | undefined;
  /** How many times each training image is shown: once as it is, else augmented. */
  readonly copies: number;
}

/** Trains a head on the features of a frozen backbone and writes both as one model. */
export async function trainHead(options: HeadOptions, context: StudyContext): Promise<StudyOutcome> {
  const { aligned = false, enlarge = false, output, seed, workers = availableParallelism() } = options;
  const backbone = await openBackbone(options);
  const data = await readTrainingData(options);
  const clues = cluePlan(options, options.bonaFide);
  const decision = decisionOf(options, data, clues);
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
          complete && (await finish({ options, context, run, backbone, data, decision, plan }));
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

interface Backbone {
  readonly card: Card;
  readonly sha256: string;
  readonly model: OnnxModel;
  /** The part up to the features, pooled where the head is one of vectors. */
  readonly front: OnnxModel;
  readonly inputName: string;
  /** The tensor that the user means, and what of it is kept. */
  readonly tensor: string;
  readonly feature: string;
  readonly pooled: boolean;
  readonly input: CardInput;
}

async function openBackbone(options: HeadOptions): Promise<Backbone> {
  const opened = await openModel(options.model, { card: options.card, threads: 1 });
  await opened.close();
  const { card, sha256 } = opened;
  const inputName = cardInput(card, opened, options.model).name;
  const decoded = decodeModel(opened.onnx, options.model);
  const tensor = options.tensor ?? spatialLayers(decoded).findLast(({ kind }) => kind === 'last')?.tensor;
  if (tensor === undefined) {
    throw new Problem(
      options.model,
      'has no tensor with height and width',
      'name the features with --tensor',
    );
  }
  let model = extractSubgraph(decoded, [tensor], [], options.model);
  let input = withCropScale(card, options.cropScale);
  if (options.inputSize !== undefined) {
    input = { ...input, ...options.inputSize };
    const axes = input.layout === 'NCHW' ? { height: 2, width: 3 } : { height: 1, width: 2 };
    model = resizeInput(model, inputName, axes, options.inputSize);
  }
  const rank = inferShapes(model).get(tensor)?.shape?.length;
  if (rank !== 2 && rank !== 4) {
    throw new Problem(
      `the tensor "${tensor}"`,
      `has ${rank ?? 'an unknown number of'} axes, where features have two (a vector) or four (a map)`,
      'name another one with --tensor',
    );
  }
  if (rank === 2 && !heads[options.recipe].pooled) {
    throw new Problem(
      `--recipe ${options.recipe}`,
      `needs a map of channels, height and width, but the tensor "${tensor}" is a vector`,
      'name an earlier tensor with --tensor, or take another recipe',
    );
  }
  const pooled = rank === 4 && heads[options.recipe].pooled;
  const builder = new GraphBuilder(model.graph);
  const feature = pooled ? pooledFeature(builder, tensor) : tensor;
  const batch = model.graph.inputs[0].shape?.[0] ?? null;
  const outputs = pooled
    ? [{ name: feature, elementType: 'float32' as const, shape: [batch, null] }]
    : model.graph.outputs;
  const front = { ...model, graph: builder.build({ outputs }) };
  return { card, sha256, model, front, inputName, tensor, feature, pooled, input };
}

function withCropScale({ input, name }: Card, scale: number | undefined): CardInput {
  if (scale === undefined) return input;
  if (input.crop.kind !== 'box') {
    throw new Problem(
      '--crop-scale',
      `enlarges a box, but ${name} sees a face by the crop "${input.crop.kind}"`,
      'leave it out, or give a card with a box',
    );
  }
  return { ...input, crop: { ...input.crop, scale } };
}

function decisionOf(
  { bonaFide, task }: HeadOptions,
  data: TrainingData,
  clues: CluePlan | undefined,
): Decision {
  const classes = [...new Set([...data.classes, ...(clues === undefined ? [] : [clues.attack])])].sort();
  if (task !== 'attribute' && bonaFide === undefined) {
    throw new Problem(
      '--bona-fide',
      `is missing: the classes are ${classes.join(', ')}`,
      'name the one that is bona fide, or give --task attribute',
    );
  }
  if (bonaFide !== undefined && !classes.includes(bonaFide)) {
    throw new Problem(`--bona-fide ${bonaFide}`, `is no class`, `the classes are ${classes.join(', ')}`);
  }
  if (classes.length < 2) {
    throw new Problem(
      'the data set',
      `has only the class ${classes.join('')}`,
      'add images of another one, or make attacks of bona fide images with --clues',
    );
  }
  if (classes.length > 2) return softmaxDecision(classes, bonaFide);
  const [a, b] = classes;
  return sigmoidDecision(a === bonaFide ? [b, a] : [a, b], bonaFide);
}

interface HeadPlan {
  readonly items: readonly FeaturesItem[];
  readonly examples: Readonly<Record<Split, readonly Example[]>>;
}

/** What is shown of each image: training images in all their copies, the others as they are and with every clue. */
function planHead(
  data: TrainingData,
  copies: number,
  shows: { seed: number; clues: CluePlan | undefined },
): HeadPlan {
  const train = data.images.flatMap((own, image): Example[] => {
    if (own.split !== 'train') return [];
    const further = Array.from({ length: copies - 1 }, (_, copy) =>
      trainingExample(own, image, copy + 1, { ...shows, augmented: true }),
    );
    return [{ image, class: own.class, species: own.class }, ...further];
  });
  const examples = {
    train,
    validation: measuredExamples(data, 'validation', shows),
    test: measuredExamples(data, 'test', shows),
  };
  const shown = data.images.map((): Example[] => []);
  for (const split of splitNames) for (const example of examples[split]) shown[example.image].push(example);
  const items = data.images.map(({ name, file }, image) => ({
    name,
    file,
    shown: shown[image].map(({ presentation }) => presentation ?? null),
  }));
  return { items, examples };
}

interface Finish {
  readonly options: HeadOptions;
  readonly context: StudyContext;
  readonly run: RunFolder;
  readonly backbone: Backbone;
  readonly data: TrainingData;
  readonly decision: Decision;
  readonly plan: HeadPlan;
}

/** @returns whether the training came to its end. */
async function finish({ options, context, run, backbone, data, decision, plan }: Finish): Promise<boolean> {
  const features = await readFeatures(run, plan, data, join(run.folder, 'features'));
  const counts = countClasses(features.examples, decision.classes);
  const head = heads[options.recipe];
  const { shape, rowOf, examples, memory } = features;
  const size = elementCount(shape);
  const all = new Float32Array(memory);
  const statistics = featureStatistics(
    examples.train.map((example) => all.subarray(rowOf(example) * size, (rowOf(example) + 1) * size)),
    shape[0],
    backbone.tensor,
  );
  const network = headModel(head, shape, decision.outputs, statistics, options.seed);
  const parameters = trainableParameters(network, { of: headTensors.logits });
  const weights = classWeights(
    options.classWeights,
    decision.classes,
    decision.classes.map((name) => counts.train[name]),
  );
  const presented = (example: Example): Presented => {
    const position = decision.classes.indexOf(example.class);
    return { item: rowOf(example), target: decision.targetOf(position), weight: weights[position] };
  };
  const source: FeatureRowsOptions = { features: memory, shape };
  const training = examples.train.map(presented);
  const outcome = await runTraining({
    model: network,
    logits: headTensors.logits,
    parameters,
    decision,
    source: { module: new URL('./feature-rows.js', import.meta.url), options: source },
    // Vectors are too little work to share; maps are cut so that a piece stays in the processor's cache.
    pieceSize: shape.length === 1 ? options.batchSize : 8,
    workers: shape.length === 1 ? 1 : (options.workers ?? availableParallelism()),
    training: training.map((_, at) => at),
    present: (item) => training[item],
    validation: examples.validation.map(presented),
    test: examples.test.map(presented),
    options,
    run,
    context,
  });
  if (!outcome.fitted.complete) return false;

  const scores = {
    validation: scoredExamples(outcome.after.validation, examples.validation, data.images, decision),
    test: scoredExamples(outcome.after.test, examples.test, data.images, decision),
  };
  const summary: TrainSummary = {
    classes: decision.classes,
    bonaFide: options.bonaFide ?? null,
    trained: `${options.recipe} (${head.words}) on "${backbone.tensor}"`,
    parameters: parameterCount(parameters),
    people: data.people,
    examples: counts,
    history: outcome.fitted.history,
    best: outcome.fitted.best,
    measures: {
      before: null,
      after:
        scores.test === undefined || scores.validation === undefined
          ? null
          : testMeasures(scores.test, scores.validation),
    },
  };
  Object.assign(run.record.results, summary);
  if (scores.test !== undefined) {
    await writeScoredExamples(join(run.folder, 'test-scores.csv'), scores.test, examples.test, data.images);
  }
  const model = attachHead(backbone.model, backbone.tensor, outcome.model, {
    pooled: backbone.pooled,
    outputs: decision.outputs,
  });
  await writeTrainedModel(options.output, model, cardOf(options, backbone, decision, data));
  return true;
}

/** The features of all images that could be used, in one piece of memory, in the order of the images. */
async function readFeatures(run: RunFolder, plan: HeadPlan, data: TrainingData, folder: string) {
  const done = new Map<string, FeaturesResult>();
  for await (const { item, result } of run.results()) done.set(item, result as FeaturesResult);
  const firstRow = new Map<number, number>();
  let rows = 0;
  data.images.forEach(({ name }, image) => {
    const result = done.get(name);
    if (result === undefined) return;
    firstRow.set(image, rows);
    rows += result.shape[0];
  });
  const shape = [...done.values()][0].shape.slice(1);
  const size = elementCount(shape);
  const memory = new SharedArrayBuffer(rows * size * Float32Array.BYTES_PER_ELEMENT);
  const all = new Float32Array(memory);
  for (const [image, row] of firstRow) {
    const file = featureFile(folder, data.images[image].name);
    all.set(decodeNpy(readFileSync(file), file).data as Float32Array, row * size);
  }
  const places = new Map<Example, number>();
  const next = new Map<number, number>();
  for (const split of splitNames) {
    for (const example of plan.examples[split]) {
      const nth = next.get(example.image) ?? 0;
      next.set(example.image, nth + 1);
      const first = firstRow.get(example.image);
      if (first !== undefined) places.set(example, first + nth);
    }
  }
  const usable = (split: Split) => plan.examples[split].filter((example) => places.has(example));
  return {
    shape,
    memory,
    rowOf: (example: Example) => places.get(example)!,
    examples: { train: usable('train'), validation: usable('validation'), test: usable('test') },
  };
}

function cardOf(options: HeadOptions, backbone: Backbone, decision: Decision, data: TrainingData): Card {
  const { card, input, inputName, tensor } = backbone;
  const { classes } = decision;
  return {
    name: basename(options.output, extname(options.output)),
    task: options.task,
    input: { ...input, name: inputName },
    outputs:
      decision.outputs === 1
        ? { [scoresName.two]: { kind: 'probability', class: classes[0], other: classes[1] } }
        : { [scoresName.more]: { kind: 'probabilities', classes: [...classes] } },
    ...(options.bonaFide === undefined ? {} : { bonaFide: options.bonaFide }),
    ...(card.licence === undefined ? {} : { licence: card.licence }),
    notes: [
      `A head (${options.recipe}) trained by \`faceprobe train head\` on "${tensor}" of ${card.name} (SHA-256 ${backbone.sha256}), which was not changed.`,
      `Learned from ${data.people.train} people, chosen on ${data.people.validation}, measured on ${data.people.test}; nobody is in two of these splits. Seed ${options.seed}.`,
    ],
  };
}
