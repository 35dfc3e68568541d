import { channelSums, type LayerGradients, weightedSum } from './layer.js';

/**
 * Grad-CAM (Selvaraju et al., ICCV 2017, eq. 1 and 2, before the ReLU): each channel weighs what its gradient is on
 * average over the layer.
 */
export function gradCam(layer: LayerGradients): Float64Array {
  const pixels = layer.width * layer.height;
  const sums = channelSums(layer, (at) => layer.gradients[at]);
  return weightedSum(
    layer,
    sums.map((sum) => sum / pixels),
  );
}
