import { Problem } from '../problem.js';
import type { Tensor } from '../tensor/tensor.js';
import { type Attribution, attribution, type AttributionOptions } from './attribution.js';
import type { Differentiable } from './differentiable.js';
import { type BoundTarget, bindTarget, type Target } from './target.js';

/**
 * Gradient (Simonyan, Vedaldi and Zisserman, ICLR workshop 2014): how fast the target moves when an element of the
 * network's input moves. One value a pixel is the mean over the channels of the absolute values.
 *
 * @param input one image as the network takes it, such as `networkInput` makes it.
 * @throws Problem where the model has no such target, or a value is not finite.
 */
export async function explainGradient(
  network: Differentiable,
  input: Tensor,
  target: Target,
  options: AttributionOptions = {},
): Promise<Attribution> {
  const start = performance.now();
  const bound = bindTarget(target, network.model.card, network.model.activations);
  const { gradient, targetValue } = await gradientAt(network, input, bound, target, options);
  return attribution(network, bound, gradient, input.shape, {
    method: 'gradient',
    parameters: {},
    channels: 'mean of absolute values',
    targetValue,
    seed: null,
    forwardPasses: 2,
    backwardPasses: 1,
    start,
  });
}

/** The gradient of a target at the image itself, in the network's layout, and the target's value there. */
export async function gradientAt(
  network: Differentiable,
  input: Tensor,
  bound: BoundTarget,
  target: Target,
  { signal, onProgress }: AttributionOptions,
): Promise<{ gradient: Float32Array; targetValue: number }> {
  if (target.kind === 'self-similarity') {
    throw new Problem(
      network.model.card.name,
      'the similarity of an image to itself is at its maximum, where every gradient is zero',
      'name another image with --reference, or take occlusion or integrated-gradients',
    );
  }
  signal?.throwIfAborted();
  const [values] = await network.forward(input);
  const { data: gradient } = await network.backward(input, [bound.gradient(values, values)]);
  onProgress?.(1, 1);
  return { gradient, targetValue: bound.value(values, values) };
}
