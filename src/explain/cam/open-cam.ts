import { cardInput } from '../../model/check-card.js';
import type { Model } from '../../model/model.js';
import { openGraph, type OpenGraphOptions } from '../../model/open-graph.js';
import { outputRow } from '../../model/outputs/output-row.js';
import type { Session } from '../../model/session.js';
import {
  decodeModel,
  encodeModel,
  extractSubgraph,
  gradient,
  gradientName,
  seedName,
} from '../../onnx/index.js';
import { Problem } from '../../problem.js';
import { elementCount, type Tensor } from '../../tensor/tensor.js';
import { differentiated } from '../differentiated.js';
import { isFinite } from '../is-finite.js';
import { withOneRow } from '../one-row.js';
import { chooseLayers } from './choose-layers.js';
import type { LayerActivations, LayerGradients } from './layer.js';

/** A model beside a graph that gives what its layers hold. */
export interface CamNetwork {
  /** Stays open when this is closed. */
  readonly model: Model;
  /** The output that the target is read from. */
  readonly output: string;
  /** How many values it has for one image, where the graph says so. */
  readonly outputLength: number | undefined;
  /** The tensors that maps are drawn of. */
  readonly layers: readonly string[];
  /** What a reader of the maps should know of how the layers were chosen. */
  readonly notes: readonly string[];
  /**
   * Where the network was opened without gradients: the output's values of one image, and what the layers hold.
   * @throws Problem where a value is NaN or infinite.
   */
  activations(image: Tensor): Promise<LayerValues<LayerActivations>>;
  /**
   * Where it was opened with gradients: the same with the gradient of `seed · output` by each activation.
   * @throws Problem where a value is NaN or infinite.
   */
  gradients(image: Tensor, seed: ArrayLike<number>): Promise<LayerValues<LayerGradients>>;
  /**
   * The graph that goes on from a layer to the output, opened when it is first asked for. It takes any number of rows of
   * the layer, and as many of the image where a branch goes around the layer.
   */
  restOf(layer: string): Promise<Session>;
  /** Ends the sessions that were opened for the layers. */
  close(): Promise<void>;
}

/** The output's values of one image, and its layers in the order of the network's. */
export interface LayerValues<Layer extends LayerActivations> {
  readonly output: Float32Array;
  readonly layers: readonly Layer[];
}

export interface OpenCamOptions extends OpenGraphOptions {
  /** Tensors [batch, channels, height, width] of the graph. @default the last one of `spatialLayers` */
  readonly layers?: readonly string[] | undefined;
  /** Whether gradients will be asked for. @default true */
  readonly gradient?: boolean | undefined;
}

/**
 * Prepares a model for class activation maps, for any number of images and any targets that are read from one output.
 * Only what lies between the layers and the output is differentiated.
 *
 * @param output by its name in the graph, such as that of `bindTarget`.
 * @throws Problem where the model has no spatial layer or not those that are named, or an operator has no rule.
 */
export async function openCam(
  model: Model,
  output: string,
  { layers: named, gradient: differentiates = true, ...options }: OpenCamOptions = {},
): Promise<CamNetwork> {
  const { card } = model;
  const { name: input } = cardInput(card, model, card.name);
  const decoded = decodeModel(model.onnx, card.name);
  const whole = withOneRow(decoded, input);
  const { layers, notes } = chooseLayers(extractSubgraph(whole, [output], [], card.name), card.name, named);
  const graph = differentiates
    ? differentiated(card, () =>
        gradient(whole, { of: output, wrt: layers, keep: layers, seeds: 1, name: card.name }),
      )
    : extractSubgraph(whole, [...new Set([output, ...layers])], [], card.name);
  const session = await openGraph(encodeModel(graph), card.name, options);
  const seed = session.inputs.find(({ name }) => name === seedName(output));
  const lengths = session.outputs.find(({ name }) => name === output)?.shape.slice(1) ?? [];
  const outputLength = lengths.every((length) => typeof length === 'number')
    ? elementCount(lengths)
    : undefined;

  const rests = new Map<string, Promise<Session>>();

  function valuesOf(outputs: Record<string, Tensor>, tensor: string): Tensor {
    if (isFinite(outputs[tensor].data)) return outputs[tensor];
    throw new Problem(
      card.name,
      `"${tensor}" holds values that are not finite`,
      "check the input's mean and std in the card, and the weights",
    );
  }

  function layerOf(outputs: Record<string, Tensor>, tensor: string): LayerActivations {
    const { data, shape } = valuesOf(outputs, tensor);
    const [, channels, height, width] = shape;
    return { channels, width, height, activations: data };
  }

  return {
    model,
    output,
    outputLength,
    layers,
    notes,
    async activations(image) {
      const outputs = await session.run({ [input]: image }, [...new Set([output, ...layers])]);
      return {
        output: outputRow(card, outputs, output, 0),
        layers: layers.map((layer) => layerOf(outputs, layer)),
      };
    },
    async gradients(image, values) {
      if (seed === undefined) throw new Error('The network was opened without gradients.');
      // A length that the graph leaves open can only be that of the whole row.
      const shape = seed.shape.map((axis) => (typeof axis === 'number' ? axis : values.length));
      const outputs = await session.run({
        [input]: image,
        [seed.name]: { data: Float32Array.from(values), shape },
      });
      return {
        output: outputRow(card, outputs, output, 0),
        layers: layers.map((layer) => ({
          ...layerOf(outputs, layer),
          gradients: valuesOf(outputs, gradientName(layer)).data,
        })),
      };
    },
    restOf(layer) {
      const rest =
        rests.get(layer) ??
        openGraph(encodeModel(extractSubgraph(decoded, [output], [layer], card.name)), card.name, options);
      rests.set(layer, rest);
      return rest;
    },
    async close() {
      await Promise.all([session, ...(await Promise.all(rests.values()))].map((each) => each.close()));
    },
  };
}
