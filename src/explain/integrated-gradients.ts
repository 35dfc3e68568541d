import { Problem } from '../problem.js';
import { quadrature, type QuadratureRule } from '../tensor/quadrature.js';
import type { Tensor } from '../tensor/tensor.js';
import { type Attribution, attribution, type AttributionOptions } from './attribution.js';
import type { Differentiable } from './differentiable.js';
import { blackInput, constantInput } from './network-input.js';
import { bindTarget, type Target } from './target.js';
import { targetGradients } from './target-gradients.js';

export const baselineNames = ['black', 'zero'] as const;
export type BaselineName = (typeof baselineNames)[number];

export interface IntegratedGradientsOptions extends AttributionOptions {
  /** Gradients along the way from the baseline to the image. @default 50 */
  readonly steps?: number | undefined;
  /** @default 'gauss-legendre' */
  readonly quadrature?: QuadratureRule | undefined;
  /**
   * Where the way begins: a `black` image, `zero` in the network's input (a gray image for many networks), or an input.
   * @default 'black'
   */
  readonly baseline?: BaselineName | Tensor | undefined;
}

export interface IntegratedAttribution extends Attribution {
  /** The target at the baseline. */
  readonly baselineValue: number;
  /** Sum of the attributions minus the change of the target from baseline to image: 0 for exact integrals. */
  readonly completenessError: number;
}

/**
 * Integrated gradients (Sundararajan, Taly and Yan, ICML 2017): (x - x') times the mean gradient on the straight way from
 * the baseline x' to the image x. The values add up to f(x) - f(x'). One value a pixel is the signed sum over the channels.
 *
 * @param input one image as the network takes it, such as `networkInput` makes it.
 * @throws Problem where the model has no such target, a value is not finite, or the baseline is the image itself.
 */
export async function explainIntegratedGradients(
  network: Differentiable,
  input: Tensor,
  target: Target,
  options: IntegratedGradientsOptions = {},
): Promise<IntegratedAttribution> {
  const start = performance.now();
  const { steps = 50, quadrature: rule = 'gauss-legendre', baseline = 'black' } = options;
  const { card } = network.model;
  const bound = bindTarget(target, card, network.model.activations);
  const from = baselineInput(baseline, input, network);
  const step = input.data.map((value, at) => value - from[at]);
  if (step.every((value) => value === 0)) {
    throw new Problem(
      'baseline',
      'is the image itself, so there is no way between them',
      'choose another baseline',
    );
  }
  const [values] = await network.forward(input);
  const [baselineValues] = await network.forward({ data: from, shape: input.shape });
  const { nodes, weights } = quadrature(rule, steps);
  const mean = new Float64Array(step.length);
  const passes = await targetGradients(
    network,
    bound,
    values,
    input.shape,
    steps,
    (index, into) => step.forEach((difference, at) => (into[at] = from[at] + nodes[index] * difference)),
    (index, gradient) => gradient.forEach((value, at) => (mean[at] += weights[index] * value)),
    options,
  );
  const product = mean.map((value, at) => value * step[at]);
  const targetValue = bound.value(values, values);
  const baselineValue = bound.value(baselineValues, values);
  const explained = attribution(network, bound, product, input.shape, {
    method: 'integrated-gradients',
    parameters: {
      steps,
      quadrature: rule,
      baseline: typeof baseline === 'string' ? baseline : 'given',
    },
    channels: 'sum',
    targetValue,
    seed: null,
    forwardPasses: passes.forwardPasses + 2,
    backwardPasses: passes.backwardPasses,
    start,
  });
  const completenessError = product.reduce((sum, value) => sum + value, 0) - (targetValue - baselineValue);
  return { ...explained, baselineValue, completenessError };
}

function baselineInput(
  baseline: BaselineName | Tensor,
  input: Tensor,
  { model: { card } }: Differentiable,
): Float32Array {
  if (baseline === 'zero') return new Float32Array(input.data.length);
  if (baseline === 'black') return constantInput(input, card.input.layout, blackInput(card.input)).data;
  if (baseline.data.length === input.data.length) return baseline.data;
  throw new Problem(
    'baseline',
    `has the shape [${baseline.shape.join(', ')}], the image [${input.shape.join(', ')}]`,
    'give one of the same shape',
  );
}
