import {
  GraphBuilder,
  gradient,
  gradientName,
  opsetVersion,
  extractSubgraph,
  seedName,
  setOpset,
  type OnnxModel,
  type ValueInfo,
} from '../onnx/index.js';
import { losses, type LossName } from './losses/losses.js';
import type { Parameter } from './parameters.js';

/** The opset in which losses are written. */
const lossOpset = 18;

/** Names in the graphs of a step. */
export const trainingNames = { target: 'train.target', loss: 'train.loss' } as const;

/**
 * The graphs of a training step. Weights are inputs of both, so that one session serves all steps.
 * Inputs: what the model takes, `trainingNames.target` [images, outputs], every parameter by its name; `backward` also
 * `seedName(trainingNames.loss)` [images], the weight of each image in the sum that is minimised.
 */
export interface TrainingGraphs {
  /** Gives the logits and the loss of each image. */
  readonly forward: OnnxModel;
  /** Gives these and the gradient of the weighted sum of losses with respect to each parameter (`gradientName`). */
  readonly backward: OnnxModel;
}

export interface TrainingGraphOptions {
  /** The tensor [images, outputs] before softmax or sigmoid. */
  readonly logits: string;
  readonly loss: LossName;
  readonly parameters: readonly Parameter[];
  /** What to call the model in messages. */
  readonly name?: string;
}

/**
 * Writes loss and gradients behind a model. BatchNormalization is differentiated as it stands, in its inference form:
 * the statistics are constants.
 * @throws {Problem} where an operator between the parameters and the logits has no rule.
 */
export function trainingGraphs(model: OnnxModel, options: TrainingGraphOptions): TrainingGraphs {
  const { logits, parameters, name = 'the model' } = options;
  const network = setOpset(
    extractSubgraph(model, [logits], [], name),
    Math.max(lossOpset, opsetVersion(model)),
    name,
  );
  const builder = new GraphBuilder(network.graph);
  const { target, loss } = trainingNames;
  builder.reserve(target);
  const rows = losses[options.loss](builder, logits, target);
  builder.node('Identity', [rows], {}, { outputs: [loss] });
  const [output] = network.graph.outputs;
  const images = output.shape?.[0] ?? null;
  const targetInfo: ValueInfo = { name: target, elementType: 'float32', shape: output.shape };
  const withLoss: OnnxModel = {
    ...network,
    graph: builder.build({
      inputs: [...network.graph.inputs, targetInfo],
      outputs: [output, { name: loss, elementType: 'float32', shape: [images] }],
    }),
  };
  const names = parameters.map((parameter) => parameter.name);
  const backward = gradient(withLoss, { of: loss, wrt: names, keep: [logits], seeds: 1, name });
  return { forward: fedWith(withLoss, parameters), backward: fedWith(backward, parameters) };
}

/** The model with its parameters as inputs instead of constants. */
function fedWith(model: OnnxModel, parameters: readonly Parameter[]): OnnxModel {
  const { graph } = model;
  const initializers = new Map(graph.initializers);
  for (const { name } of parameters) initializers.delete(name);
  const inputs = parameters.map(({ name, shape }): ValueInfo => ({ name, elementType: 'float32', shape }));
  return { ...model, graph: { ...graph, inputs: [...graph.inputs, ...inputs], initializers } };
}

/** What `backward` is asked for in a step, the gradients in the order of the parameters. */
export function stepOutputs(parameters: readonly Parameter[]): readonly string[] {
  return [trainingNames.loss, ...parameters.map(({ name }) => gradientName(name))];
}

/** The input of `backward` that takes the weights of the images. */
export const imageWeights = seedName(trainingNames.loss);
