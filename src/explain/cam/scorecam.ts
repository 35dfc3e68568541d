import type { OpenCv } from '../../image/opencv.js';
import type { Tensor } from '../../tensor/tensor.js';
import { softMasker } from '../masked-input.js';
import { inputSize } from '../network-input.js';
import { valueRange } from '../saliency-map.js';
import { scoreRows, type ScoringOptions } from '../score-rows.js';
import type { BoundTarget } from '../target.js';
import { type Alignment, enlarge } from './enlarge.js';
import type { LayerActivations } from './layer.js';
import type { CamNetwork } from './open-cam.js';

/**
 * The weights of Score-CAM (Wang et al., CVPR workshop 2020), as tf-keras-vis has them: each channel is enlarged to the
 * image, min-max normalised and multiplied with the network's input; its weight is the target's value of that.
 *
 * @param channels those that are tried; the others weigh 0.
 * @param original the output's values of the image as it is.
 */
export async function scoreCamWeights(
  cv: OpenCv,
  { model }: CamNetwork,
  image: Tensor,
  layer: LayerActivations,
  channels: readonly number[],
  bound: BoundTarget,
  original: Float32Array,
  alignment: Alignment,
  options: ScoringOptions,
): Promise<Float64Array> {
  const { layout } = model.card.input;
  const { width, height } = inputSize(image.shape, layout);
  const zero = { data: new Float32Array(image.data.length), shape: image.shape };
  const mask = softMasker({ image, hidden: zero }, layout);
  const pixels = layer.width * layer.height;
  const scores = await scoreRows(
    model,
    image.shape.slice(1),
    channels.length,
    (index, into) => {
      const first = channels[index] * pixels;
      const data = layer.activations.subarray(first, first + pixels);
      const enlarged = enlarge(cv, { data, shape: [layer.height, layer.width] }, width, height, alignment);
      mask(normalised(enlarged), into);
    },
    bound.output,
    (values) => bound.value(values, original),
    options,
  );
  const weights = new Float64Array(layer.channels);
  channels.forEach((channel, index) => (weights[channel] = scores[index]));
  return weights;
}

/** Into 0..1; a constant channel becomes 0. */
function normalised(map: Float32Array): Float32Array {
  const { minimum, maximum } = valueRange(map);
  return map.map((value) => (value - minimum) / (maximum - minimum + 1e-7));
}
