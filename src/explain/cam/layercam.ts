import { type LayerGradients, pixelSums } from './layer.js';

/**
 * LayerCAM (Jiang et al., IEEE TIP 2021, eq. 5 and 6, before the ReLU): each activation weighs its own gradient, where that
 * is positive.
 */
export function layerCam(layer: LayerGradients): Float64Array {
  const { activations, gradients } = layer;
  return pixelSums(layer, (at) => Math.max(0, gradients[at]) * activations[at]);
}
