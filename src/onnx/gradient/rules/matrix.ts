import { attribute, float, int, string } from '../../attributes.js';
import type { Context } from '../context.js';
import { Refusal, type Gradient, type Rule } from '../rule.js';

/** Y = A B over the last two axes, the others broadcast: dA = g Bᵀ, dB = Aᵀ g. A vector is a row on the left, a column on the right. */
const matmul: Rule = ({ node: { inputs }, y, g }, context) => {
  const { rank, mul, matmul, sumTo, reduceSum, unsqueeze, axesBut } = context;
  const [a, b] = inputs;
  const [vectorA, vectorB] = [rank(a) === 1, rank(b) === 1];
  if (vectorA && vectorB) return [() => mul(g, b), () => mul(g, a)];
  if (vectorB) {
    const column = () => unsqueeze(g, [-1]);
    return [() => mul(column(), b), () => reduceSum(mul(a, column()), axesBut(a, rank(a) - 1), false)];
  }
  if (vectorA) {
    const row = () => unsqueeze(g, [-2]);
    return [
      () => reduceSum(mul(b, row()), axesBut(b, rank(b) - 2), false),
      () => mul(unsqueeze(a, [1]), row()),
    ];
  }
  return [
    () => sumTo(matmul(g, swapped(b, context)), a, y, 2),
    () =>
      rank(b) === 2 && rank(a) > 2
        ? matmul(context.transpose(rows(alike(a, g, context), a, context), [1, 0]), rows(g, y, context))
        : sumTo(matmul(swapped(a, context), g), b, y, 2),
  ];
};

/** A forward tensor with its last two axes exchanged. */
function swapped(x: string, { rank, transpose }: Context): string {
  const batch = Array.from({ length: rank(x) - 2 }, (_, axis) => axis);
  return transpose(x, [...batch, rank(x) - 1, rank(x) - 2]);
}

/** A tensor as one matrix of all its rows; `like` is the forward tensor of the same shape. */
function rows(x: string, like: string, { lengths, rank, reshape }: Context): string {
  return reshape(x, [-1, ...lengths(like, rank(like) - 1)]);
}

/** A forward tensor repeated to as many rows as the gradient has; the lengths of their last axes may differ. */
function alike(x: string, g: string, context: Context): string {
  const leading = context.op('Slice', [context.shapeOf(g), context.ints([0]), context.ints([-1])]);
  return context.op('Expand', [x, context.concat([leading, context.ints([1])], 0)]);
}

/** Y = α A' B' + β C, where A' and B' may be transposed: dA' = α g B'ᵀ, dB' = α A'ᵀ g, dC = β g summed to its shape. */
const gemm: Rule = ({ node, y, g }, context) => {
  const [a, b, c] = node.inputs;
  const [transA, transB] = [int(node, 'transA', 0), int(node, 'transB', 0)];
  const alpha = attribute.float(float(node, 'alpha', 1));
  const beta = float(node, 'beta', 1);
  const product = (left: string, transLeft: number, right: string, transRight: number): Gradient => {
    const attributes = { transA: attribute.int(transLeft), transB: attribute.int(transRight), alpha };
    return () => context.op('Gemm', [left, right], attributes);
  };
  const rowsOfA = () => (transA === 0 ? alike(a, g, context) : a);
  return [
    transA === 0 ? product(g, 0, b, 1 - transB) : product(b, transB, g, 1),
    transB === 0 ? () => product(rowsOfA(), 1 - transA, g, 0)() : () => product(g, 1, rowsOfA(), transA)(),
    () => context.sumTo(beta === 1 ? g : context.mul(g, beta), c, y),
  ];
};

/**
 * The derivative of a sum of products is such a sum again, with the gradient in the place of the operand. An index that
 * only the operand has was summed alone, so its gradient is repeated along it.
 */
const einsum: Rule = ({ node, g }, context) => {
  const equation = string(node, 'equation', '').replaceAll(' ', '');
  if (!/^[A-Za-z,]+->[A-Za-z]*$/.test(equation)) throw new Refusal(`the equation "${equation}"`);
  const [left, result] = equation.split('->');
  const terms = left.split(',').map((term) => term.split(''));
  if (terms.some((term) => new Set(term).size < term.length)) {
    throw new Refusal(`the repeated index in "${equation}"`);
  }
  return terms.map((term, position) => () => {
    const others = terms.filter((_, i) => i !== position).map((other) => other.join(''));
    const kept = term.filter((index) => [result, ...others].some((other) => other.includes(index)));
    const gradient = context.op('Einsum', [g, ...node.inputs.filter((_, i) => i !== position)], {
      equation: attribute.string(`${[result, ...others].join(',')}->${kept.join('')}`),
    });
    const summed = term.flatMap((index, axis) => (kept.includes(index) ? [] : [axis]));
    return context.expandAlong(context.unsqueeze(gradient, summed), node.inputs[position], summed);
  });
};

export const matrix = { MatMul: matmul, Gemm: gemm, Einsum: einsum };
