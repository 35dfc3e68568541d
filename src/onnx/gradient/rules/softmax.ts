import { int } from '../../attributes.js';
import type { Rule } from '../rule.js';

/** dx = y (g - Σ g y) along the axis. */
const softmaxRule: Rule = ({ node, x, y, g }, { axis, mul, sub, reduceSum }) => [
  () => mul(y, sub(g, reduceSum(mul(g, y), [axis(x, int(node, 'axis', -1))]))),
];

/** dx = g - eʸ Σ g along the axis. */
const logSoftmax: Rule = ({ node, x, y, g }, { axis, exp, mul, sub, reduceSum }) => [
  () => sub(g, mul(exp(y), reduceSum(g, [axis(x, int(node, 'axis', -1))]))),
];

export const softmax = { Softmax: softmaxRule, LogSoftmax: logSoftmax };
