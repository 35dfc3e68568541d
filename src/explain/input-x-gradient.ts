import type { Tensor } from '../tensor/tensor.js';
import { type Attribution, attribution, type AttributionOptions } from './attribution.js';
import type { Differentiable } from './differentiable.js';
import { gradientAt } from './gradient.js';
import { bindTarget, type Target } from './target.js';

/**
 * Input times gradient (Shrikumar et al., arXiv 1605.01713): the gradient of the target times the network's input,
 * element by element. One value a pixel is the signed sum over the channels.
 *
 * @param input one image as the network takes it, such as `networkInput` makes it.
 * @throws Problem where the model has no such target, or a value is not finite.
 */
export async function explainInputXGradient(
  network: Differentiable,
  input: Tensor,
  target: Target,
  options: AttributionOptions = {},
): Promise<Attribution> {
  const start = performance.now();
  const bound = bindTarget(target, network.model.card, network.model.activations);
  const { gradient, targetValue } = await gradientAt(network, input, bound, target, options);
  const product = gradient.map((value, at) => value * input.data[at]);
  return attribution(network, bound, product, input.shape, {
    method: 'input-x-gradient',
    parameters: {},
    channels: 'sum',
    targetValue,
    seed: null,
    forwardPasses: 2,
    backwardPasses: 1,
    start,
  });
}
