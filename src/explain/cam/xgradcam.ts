import { channelSums, type LayerGradients, weightedSum } from './layer.js';

/** In the denominator, as pytorch-grad-cam has it. */
const epsilon = 1e-7;

/**
 * XGrad-CAM (Fu et al., BMVC 2020, eq. 7, before the ReLU): each channel weighs its mean gradient, weighted with its
 * activations. A channel whose activations add up to nothing weighs nothing.
 *
 * Ill-conditioned on layers with values of both signs, whose sums are near zero.
 */
export function xGradCam(layer: LayerGradients): Float64Array {
  const { activations, gradients } = layer;
  const sums = channelSums(layer, (at) => activations[at]);
  const products = channelSums(layer, (at) => gradients[at] * activations[at]);
  return weightedSum(
    layer,
    products.map((product, channel) => {
      const sum = sums[channel] + epsilon;
      return sum === 0 ? 0 : product / sum;
    }),
  );
}
