import { float, string } from '../../attributes.js';
import { pointwise } from '../pointwise.js';
import type { Rule } from '../rule.js';

/** 0 at 0. */
const relu: Rule = ({ y, g }, { where, greater }) => [() => where(greater(y, 0), g, 0)];

/** 1 at 0. */
const leakyRelu = pointwise(({ node, x, g }, { where, less }) =>
  where(less(x, 0), float(node, 'alpha', 0.01), 1, g),
);

/** 1 at 0. */
const prelu: Rule = ({ node, x, y, g }, context) => {
  const { where, less, mul } = context;
  const slope = node.inputs[1];
  return [
    () => mul(g, where(less(x, 0), slope, 1)),
    () => context.sumTo(mul(g, context.op('Min', [x, context.number(0, x)])), slope, y),
  ];
};

const thresholdedRelu: Rule = ({ node, x, g }, { where, greater }) => [
  () => where(greater(x, float(node, 'alpha', 1)), g, 0),
];

const sigmoid = pointwise(({ y }, { mul, sub }) => mul(y, sub(1, y)));

const tanh = pointwise(({ y }, { mul, sub }) => sub(1, mul(y, y)));

/** 0 at both corners. */
const hardSigmoid: Rule = ({ node, y, g }, { where, and, greater, less, mul }) => [
  () => where(and(greater(y, 0), less(y, 1)), mul(g, float(node, 'alpha', 0.2)), 0),
];

/** x HardSigmoid(x) with slope 1/6: at the corners the derivative of the middle piece. */
const hardSwish = pointwise(({ x, g }, { where, less, greater, add, div }) =>
  where(less(x, -3), 0, where(greater(x, 3), 1, add(div(x, 3), 0.5), g)),
);

/** α at 0. */
const elu = pointwise(({ node, x, y }, { where, greater, add }) =>
  where(greater(x, 0), 1, add(y, float(node, 'alpha', 1))),
);

const celu = pointwise(({ node, x }, { where, greater, exp, div }) =>
  where(greater(x, 0), 1, exp(div(x, float(node, 'alpha', 1)))),
);

const selu = pointwise(({ node, x, y }, { where, greater, add }) => {
  const gamma = float(node, 'gamma', 1.0507009873554805);
  const alpha = float(node, 'alpha', 1.6732632423543772);
  return where(greater(x, 0), gamma, add(y, gamma * alpha));
});

const softplus = pointwise(({ x }, { sigmoid }) => sigmoid(x));

/** 1 / (1 + |x|)² */
const softsign = pointwise(({ x }, context) => {
  const { add, mul, div } = context;
  const scale = add(context.op('Abs', [x]), 1);
  return div(1, mul(scale, scale));
});

/** y = x t with t = tanh(softplus(x)) */
const mish = pointwise(({ x }, context) => {
  const { add, mul, sub, tanh, sigmoid } = context;
  const t = tanh(context.op('Softplus', [x]));
  return add(t, mul(mul(x, sigmoid(x)), sub(1, mul(t, t))));
});

/** y = x Φ(x); with approximate="tanh" Φ(x) = (1 + tanh u) / 2, u = √(2/π) (x + 0.044715 x³). */
const gelu = pointwise(({ node, x }, context) => {
  const { add, mul, sub, exp, tanh } = context;
  const squared = mul(x, x);
  if (string(node, 'approximate', 'none') === 'tanh') {
    const scale = Math.sqrt(2 / Math.PI);
    const t = tanh(mul(mul(x, scale), add(mul(squared, 0.044715), 1)));
    const du = mul(add(mul(squared, 3 * 0.044715), 1), scale);
    return mul(add(add(t, 1), mul(mul(x, du), sub(1, mul(t, t)))), 0.5);
  }
  const cumulative = mul(add(context.op('Erf', [mul(x, Math.SQRT1_2)]), 1), 0.5);
  const density = mul(exp(mul(squared, -0.5)), 1 / Math.sqrt(2 * Math.PI));
  return add(cumulative, mul(x, density));
});

/** 0 at both corners. A bound that is computed gets the gradient of what it cuts off. */
const clip: Rule = ({ node, x, y, g }, context) => {
  const { where, and, greater, less } = context;
  const [, low = '', high = ''] = node.inputs;
  // By y, so that the runtime can fuse the operator into the convolution before it.
  const bounds = [...(low === '' ? [] : [greater(y, low)]), ...(high === '' ? [] : [less(y, high)])];
  if (bounds.length === 0) return [() => g];
  return [
    () => where(bounds.reduce(and), g, 0),
    () => context.sumTo(where(less(x, low), g, 0), low, y),
    () => context.sumTo(where(greater(x, high), g, 0), high, y),
  ];
};

export const activation = {
  Relu: relu,
  LeakyRelu: leakyRelu,
  PRelu: prelu,
  ThresholdedRelu: thresholdedRelu,
  Sigmoid: sigmoid,
  Tanh: tanh,
  HardSigmoid: hardSigmoid,
  HardSwish: hardSwish,
  Elu: elu,
  Celu: celu,
  Selu: selu,
  Softplus: softplus,
  Softsign: softsign,
  Mish: mish,
  Gelu: gelu,
  Clip: clip,
};
