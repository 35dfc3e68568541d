import { Problem } from '../problem.js';
import { RandomState } from '../tensor/random.js';
import type { Tensor } from '../tensor/tensor.js';
import { type Attribution, attribution, type AttributionOptions } from './attribution.js';
import type { Differentiable } from './differentiable.js';
import { valueRange } from './saliency-map.js';
import { bindTarget, type Target } from './target.js';
import { targetGradients } from './target-gradients.js';

export interface SmoothGradOptions extends AttributionOptions {
  /** Noisy copies of the image. @default 50 */
  readonly samples?: number | undefined;
  /** Standard deviation of the noise as a share of the range of the network's input. @default 0.15 */
  readonly noise?: number | undefined;
  /** @default 0 */
  readonly seed?: number | undefined;
}

/**
 * SmoothGrad (Smilkov et al., arXiv 1706.03825): the mean gradient at copies of the image with Gaussian noise. One value a
 * pixel is the mean over the channels of the absolute values of that mean.
 *
 * Noise is drawn element by element in the network's layout, copy after copy, from NumPy's `RandomState(seed).randn`,
 * whatever the batch size.
 *
 * @param input one image as the network takes it, such as `networkInput` makes it.
 * @throws Problem where the model has no such target, or a value is not finite.
 */
export async function explainSmoothGrad(
  network: Differentiable,
  input: Tensor,
  target: Target,
  options: SmoothGradOptions = {},
): Promise<Attribution> {
  const start = performance.now();
  const { samples = 50, noise = 0.15, seed = 0 } = options;
  if (!(noise >= 0)) {
    throw new Problem(`noise ${noise}`, 'is no share of the range of the input', 'give a number from 0');
  }
  const bound = bindTarget(target, network.model.card, network.model.activations);
  const [values] = await network.forward(input);
  const { minimum, maximum } = valueRange(input.data);
  const deviation = noise * (maximum - minimum);
  const random = new RandomState(seed);
  const mean = new Float64Array(input.data.length);
  const passes = await targetGradients(
    network,
    bound,
    values,
    input.shape,
    samples,
    (_, into) => input.data.forEach((value, at) => (into[at] = value + deviation * random.normal())),
    (_, gradient) => gradient.forEach((value, at) => (mean[at] += value / samples)),
    options,
  );
  return attribution(network, bound, mean, input.shape, {
    method: 'smoothgrad',
    parameters: { samples, noise, deviation },
    channels: 'mean of absolute values',
    targetValue: bound.value(values, values),
    seed,
    forwardPasses: passes.forwardPasses + 1,
    backwardPasses: passes.backwardPasses,
    start,
  });
}
