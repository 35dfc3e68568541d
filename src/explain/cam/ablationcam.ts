import { cardInput } from '../../model/check-card.js';
import { outputRow } from '../../model/outputs/output-row.js';
import type { Tensor } from '../../tensor/tensor.js';
import { scoreBatches, type ScoringOptions } from '../score-rows.js';
import type { BoundTarget } from '../target.js';
import type { LayerActivations } from './layer.js';
import type { CamNetwork } from './open-cam.js';

/**
 * The weights of Ablation-CAM (Ramaswamy et al., WACV 2020, eq. 3): how much the target falls, as a share of what it is,
 * where a channel of the layer is set to zero. Only what follows the layer is run again.
 *
 * The share is of the absolute value: the paper's own turns the map's sign where the score is negative. Where it is 0 the fall
 * itself is the weight.
 *
 * @param name of the layer.
 * @param channels those that are tried; the others weigh 0.
 * @param original the output's values of the image as it is.
 */
export async function ablationCamWeights(
  network: CamNetwork,
  image: Tensor,
  name: string,
  layer: LayerActivations,
  channels: readonly number[],
  bound: BoundTarget,
  original: Float32Array,
  options: ScoringOptions,
): Promise<Float64Array> {
  const { model, output } = network;
  const rest = await network.restOf(name);
  const { name: input } = cardInput(model.card, model, model.card.name);
  const takesImage = rest.inputs.some((each) => each.name === input);
  const beside = (rows: number) => (takesImage ? { [input]: repeated(image, rows) } : {});
  const pixels = layer.width * layer.height;
  const scores = await scoreBatches(
    (batch) => rest.run({ ...beside(batch.shape[0]), [name]: batch }, [output]),
    [layer.channels, layer.height, layer.width],
    channels.length,
    (index, into) => {
      const first = channels[index] * pixels;
      into.set(layer.activations);
      into.fill(0, first, first + pixels);
    },
    (outputs, row) => bound.value(outputRow(model.card, outputs, output, row), original),
    options,
  );
  const value = bound.value(original, original);
  const unit = value === 0 ? 1 : Math.abs(value);
  const weights = new Float64Array(layer.channels);
  channels.forEach((channel, index) => (weights[channel] = (value - scores[index]) / unit));
  return weights;
}

/** One image in every row: a graph whose branches differ in rows would have to broadcast them everywhere. */
function repeated({ data, shape }: Tensor, rows: number): Tensor {
  const copies = new Float32Array(rows * data.length);
  for (let row = 0; row < rows; row++) copies.set(data, row * data.length);
  return { data: copies, shape: shape.with(0, rows) };
}
