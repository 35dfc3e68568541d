import type { Rule } from '../rule.js';

/* y = a ∘ b with numpy's broadcasting: each gradient is summed over the axes along which its operand was repeated. */

const add: Rule = ({ node, y, g }, { sumTo }) => node.inputs.map((input) => () => sumTo(g, input, y));

const sub: Rule = ({ node: { inputs }, y, g }, { sumTo, neg }) => [
  () => sumTo(g, inputs[0], y),
  () => neg(sumTo(g, inputs[1], y)),
];

const mul: Rule = ({ node: { inputs }, y, g }, { sumTo, mul }) => [
  () => sumTo(mul(g, inputs[1]), inputs[0], y),
  () => sumTo(mul(g, inputs[0]), inputs[1], y),
];

const div: Rule = ({ node: { inputs }, y, g }, { sumTo, div, mul, neg }) => [
  () => sumTo(div(g, inputs[1]), inputs[0], y),
  () => neg(sumTo(div(mul(g, y), inputs[1]), inputs[1], y)),
];

/** d aᵇ/da = b aᵇ⁻¹; d aᵇ/db = aᵇ log a, taken as 0 where a <= 0. */
const pow: Rule = ({ node, y, g }, context) => {
  const { sumTo, mul, pow, sub, where, greater, log } = context;
  const [base, power] = node.inputs;
  return [
    () => {
      const b = context.cast(power, context.elementType(base));
      return sumTo(mul(g, mul(b, pow(base, sub(b, 1)))), base, y);
    },
    () => sumTo(mul(g, mul(y, log(where(greater(base, 0), base, 1)))), power, y),
  ];
};

const mean: Rule = ({ node, y, g }, { sumTo, div }) =>
  node.inputs.map((input) => () => sumTo(div(g, node.inputs.length), input, y));

/** Operands that tie share the gradient evenly. */
const extreme: Rule = ({ node, y, g }, { sumTo, where, equal, sum, div }) => {
  const hit = (input: string) => where(equal(input, y), 1, 0, y);
  return node.inputs.map((input) => () => {
    const share = node.inputs.length === 1 ? g : div(g, sum(node.inputs.map(hit)));
    return sumTo(where(equal(input, y), share, 0), input, y);
  });
};

export const arithmetic = {
  Add: add,
  Sum: add,
  Sub: sub,
  Mul: mul,
  Div: div,
  Pow: pow,
  Mean: mean,
  Min: extreme,
  Max: extreme,
};
