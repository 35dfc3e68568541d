import type { Card, CardInput } from '../../../model/card.js';
import { cardInput } from '../../../model/check-card.js';
import { openModel } from '../../../model/open-model.js';
import {
  decodeModel,
  extractSubgraph,
  GraphBuilder,
  inferShapes,
  resizeInput,
  spatialLayers,
  type OnnxModel,
} from '../../../onnx/index.js';
import { Problem } from '../../../problem.js';
import { pooledFeature } from '../../../train/heads/attach-head.js';
import { heads } from '../../../train/heads/heads.js';
import type { HeadOptions } from './head-options.js';

/** A frozen network that a head is put on. */
export interface Backbone {
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

/**
 * Opens a network and cuts it where the head begins.
 * @throws {Problem} where there is no such tensor, or the recipe cannot work on it.
 */
export async function openBackbone(options: HeadOptions): Promise<Backbone> {
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
