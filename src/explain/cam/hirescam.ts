import { type LayerGradients, pixelSums } from './layer.js';

/**
 * HiResCAM (Draelos and Carin, arXiv 2011.08891, eq. 6, before the ReLU): the sum over the channels of gradient times
 * activation. Where the rest of the network is linear, all values add up to the target, but for its bias.
 */
export function hiResCam(layer: LayerGradients): Float64Array {
  const { activations, gradients } = layer;
  return pixelSums(layer, (at) => gradients[at] * activations[at]);
}
