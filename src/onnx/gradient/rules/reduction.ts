import { int } from '../../attributes.js';
import type { Context } from '../context.js';
import type { Application, Rule } from '../rule.js';

/** The axes a node reduces. */
function reducedAxes({ node, x }: Application, context: Context): readonly number[] {
  const given = node.inputs[1] ?? '';
  const axes = given === '' ? [] : context.numbers(given);
  if (axes.length > 0) return axes.map((axis) => context.axis(x, axis));
  return int(node, 'noop_with_empty_axes', 0) === 1
    ? []
    : Array.from({ length: context.rank(x) }, (_, i) => i);
}

/**
 * A rule for y = reduce(x) in terms of x and of y and g with their reduced axes kept at length 1; the result is then
 * repeated along them where it does not have the length of `x` yet.
 */
function reduction(
  gradient: (at: { x: string; y: string; g: string; axes: readonly number[] }, context: Context) => string,
): Rule {
  return (at, context) => [
    () => {
      const axes = reducedAxes(at, context);
      const kept = (name: string) =>
        int(at.node, 'keepdims', 1) === 1 ? name : context.unsqueeze(name, axes);
      const result = gradient({ x: at.x, y: kept(at.y), g: kept(at.g), axes }, context);
      return context.expandAlong(result, at.x, axes);
    },
  ];
}

/** Places that tie share the gradient evenly. */
const extreme = reduction(({ x, y, g, axes }, { where, equal, div, reduceSum }) => {
  const hit = equal(x, y);
  return where(hit, div(g, reduceSum(where(hit, 1, 0, x), axes)), 0);
});

/** 0 where the norm is 0. */
const norm2 = reduction(({ x, y, g }, { mul, div, where, equal }) =>
  mul(x, where(equal(y, 0), 0, div(g, where(equal(y, 0), 1, y)))),
);

export const reductions = {
  ReduceSum: reduction(({ g }) => g),
  ReduceMean: reduction(({ x, g, axes }, context) => context.div(g, context.countAlong(x, axes))),
  ReduceMax: extreme,
  ReduceMin: extreme,
  ReduceL1: reduction(({ x, g }, { mul, sign }) => mul(g, sign(x))),
  ReduceL2: norm2,
  ReduceSumSquare: reduction(({ x, g }, { mul }) => mul(mul(g, 2), x)),
  ReduceLogSum: reduction(({ y, g }, { div, exp }) => div(g, exp(y))),
  ReduceLogSumExp: reduction(({ x, y, g }, { mul, exp, sub }) => mul(g, exp(sub(x, y)))),
};
