import { channelSums, type LayerGradients, weightedSum } from './layer.js';

/**
 * How the coefficients of the gradients are formed, each as the program of that name does it.
 * - `tf-keras-vis`: they are divided by their sum over the channel, so that a channel's coefficients add up to 1.
 * - `pytorch-grad-cam`: they stay as in the paper's eq. 19, with 1e-6 in the denominator.
 */
export const gradCamPlusPlusRules = ['tf-keras-vis', 'pytorch-grad-cam'] as const;
export type GradCamPlusPlusRule = (typeof gradCamPlusPlusRules)[number];

/**
 * Grad-CAM++ (Chattopadhyay et al., WACV 2018, eq. 10 and 19, before the last ReLU): each channel weighs the sum of its
 * positive gradients g, with the coefficients g² / (2 g² + g³ ΣA).
 *
 * The paper differentiates exp(S) rather than the score S. That factor of g, g² and g³ cancels in the coefficients, so it
 * only scales the map, and is left out: it overflows where the score is large.
 */
export function gradCamPlusPlus(
  layer: LayerGradients,
  rule: GradCamPlusPlusRule = 'tf-keras-vis',
): Float64Array {
  const { activations, gradients } = layer;
  const pixels = layer.width * layer.height;
  const sums = channelSums(layer, (at) => activations[at]);
  const coefficient = (at: number): number => {
    const g = gradients[at];
    const sum = sums[Math.floor(at / pixels)];
    return rule === 'tf-keras-vis'
      ? ratio(g === 0 ? 0 : 1, 2 + g * sum)
      : ratio(g * g, 2 * g * g + g ** 3 * sum + 1e-6);
  };
  const weights = channelSums(layer, (at) => Math.max(0, gradients[at]) * coefficient(at));
  if (rule === 'pytorch-grad-cam') return weightedSum(layer, weights);
  const totals = channelSums(layer, coefficient);
  return weightedSum(
    layer,
    weights.map((weight, channel) => (totals[channel] === 0 ? weight : weight / totals[channel])),
  );
}

/** 0 at a pole, where the coefficient says nothing. */
function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : numerator / denominator;
}
