import { float, int } from '../../attributes.js';
import type { Context } from '../context.js';
import { Refusal, type Rule } from '../rule.js';

/** y = γ (x - μ) / √(σ² + ε) + β with stored μ and σ² a channel. */
const batchNormalization: Rule = ({ node, x, g }, context) => {
  if (int(node, 'training_mode', 0) === 1) throw new Refusal('training_mode');
  const { mul, div, sub, add, neg, sqrt, perChannel } = context;
  const [, scale, , mean, variance] = node.inputs;
  const channels = (vector: string) => context.channels(vector, x);
  const deviation = () => sqrt(add(variance, float(node, 'epsilon', 1e-5)));
  const standardised = () => div(sub(x, channels(mean)), channels(deviation()));
  const factor = () => div(scale, deviation());
  return [
    () => mul(g, channels(factor())),
    () => perChannel(mul(g, standardised()), x),
    () => perChannel(g, x),
    () => neg(mul(perChannel(g, x), factor())),
    () =>
      neg(
        mul(
          perChannel(mul(g, standardised()), x),
          div(mul(scale, 0.5), add(variance, float(node, 'epsilon', 1e-5))),
        ),
      ),
  ];
};

/** Centred and divided by the standard deviation over some axes, x̂ = (x - μ) r with r = 1 / √(σ² + ε). */
function standardise(x: string, axes: readonly number[], epsilon: number, context: Context) {
  const { sub, mul, add, div, sqrt, reduceMean } = context;
  const centred = sub(x, reduceMean(x, axes));
  const inverse = div(1, sqrt(add(reduceMean(mul(centred, centred), axes), epsilon)));
  return { standardised: mul(centred, inverse), inverse };
}

/** The gradient through x̂, where `u` is the gradient with respect to x̂: r (u - mean u - x̂ mean(u x̂)). */
function throughStandardisation(
  u: string,
  { standardised, inverse }: { standardised: string; inverse: string },
  axes: readonly number[],
  { mul, sub, reduceMean }: Context,
): string {
  const along = mul(standardised, reduceMean(mul(u, standardised), axes));
  return mul(inverse, sub(sub(u, reduceMean(u, axes)), along));
}

/** Over the axes from `axis` on; scale and bias have their shape. */
const layerNormalization: Rule = ({ node, x, y, g }, context) => {
  const { mul, sumTo, rank } = context;
  const [, scale, bias] = node.inputs;
  const first = context.axis(x, int(node, 'axis', -1));
  const axes = Array.from({ length: rank(x) - first }, (_, i) => first + i);
  const inner = () => standardise(x, axes, float(node, 'epsilon', 1e-5), context);
  return [
    () => throughStandardisation(mul(g, scale), inner(), axes, context),
    () => sumTo(mul(g, inner().standardised), scale, y),
    () => sumTo(g, bias, y),
  ];
};

/** Over the places of each image and channel; scale and bias have one value a channel. */
const instanceNormalization: Rule = ({ node, x, g }, context) => {
  const { mul, perChannel, rank } = context;
  const [, scale] = node.inputs;
  const axes = Array.from({ length: rank(x) - 2 }, (_, i) => i + 2);
  const inner = () => standardise(x, axes, float(node, 'epsilon', 1e-5), context);
  return [
    () => throughStandardisation(mul(g, context.channels(scale, x)), inner(), axes, context),
    () => perChannel(mul(g, inner().standardised), x),
    () => perChannel(g, x),
  ];
};

/** y = x / ‖x‖ₚ on one axis: dx = (g - n Σ g y) / ‖x‖ₚ with n = y for p = 2 and n = sign(x) for p = 1; 0 where the norm is 0. */
const lpNormalization: Rule = ({ node, x, y, g }, context) => {
  const { mul, sub, div, sign, where, equal, reduceSum } = context;
  const axes = [context.axis(x, int(node, 'axis', -1))];
  return [
    () => {
      const euclidean = int(node, 'p', 2) === 2;
      const sum = reduceSum(euclidean ? mul(x, x) : context.op('Abs', [x]), axes);
      const norm = euclidean ? context.sqrt(sum) : sum;
      const normal = euclidean ? y : sign(x);
      const projected = sub(g, mul(normal, reduceSum(mul(g, y), axes)));
      return where(equal(norm, 0), 0, div(projected, where(equal(norm, 0), 1, norm)));
    },
  ];
};

export const normalization = {
  BatchNormalization: batchNormalization,
  InstanceNormalization: instanceNormalization,
  LayerNormalization: layerNormalization,
  LpNormalization: lpNormalization,
};
