import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { elementCount } from '../../../tensor/tensor.js';
import { classWeights } from '../../../train/class-weights.js';
import type { Decision } from '../../../train/decision.js';
import { attachHead } from '../../../train/heads/attach-head.js';
import { featureStatistics, headModel, headTensors } from '../../../train/heads/head-model.js';
import { heads } from '../../../train/heads/heads.js';
import type { Presented } from '../../../train/learner.worker.js';
import { trainableParameters } from '../../../train/parameters.js';
import type { StudyContext } from '../../study.js';
import { concludeTraining } from '../conclude-training.js';
import { countClasses } from '../count-classes.js';
import type { Example } from '../examples.js';
import type { FeatureRowsOptions } from '../feature-rows.js';
import { runTraining } from '../run-training.js';
import type { TrainingData } from '../training-data.js';
import type { Backbone } from './backbone.js';
import { headCard } from './head-card.js';
import type { HeadOptions } from './head-options.js';
import type { HeadPlan } from './head-plan.js';
import { readFeatures } from './read-features.js';

export interface HeadTraining {
  readonly options: HeadOptions;
  readonly context: StudyContext;
  readonly run: RunFolder;
  readonly backbone: Backbone;
  readonly data: TrainingData;
  readonly decision: Decision;
  readonly plan: HeadPlan;
}

/**
 * Trains a head on the features that a run has computed and writes the model.
 * @returns whether the training came to its end.
 */
export async function fitHead({
  options,
  context,
  run,
  backbone,
  data,
  decision,
  plan,
}: HeadTraining): Promise<boolean> {
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
    source: { module: new URL('../feature-rows.js', import.meta.url), options: source },
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

  const model = attachHead(backbone.model, backbone.tensor, outcome.model, {
    pooled: backbone.pooled,
    outputs: decision.outputs,
  });
  await concludeTraining({
    run,
    file: options.output,
    model,
    card: headCard(options, backbone, decision, data),
    trained: `${options.recipe} (${head.words}) on "${backbone.tensor}"`,
    parameters,
    data,
    decision,
    examples,
    counts,
    outcome,
    compare: false,
  });
  return true;
}
