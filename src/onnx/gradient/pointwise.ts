import type { Context } from './context.js';
import type { Application, Rule } from './rule.js';

/** The rule of a function of one number: dL/dx = dL/dy · dy/dx, with dy/dx written in terms of `x` or `y`. */
export function pointwise(derivative: (at: Application, context: Context) => string): Rule {
  return (at, context) => [() => context.mul(at.g, derivative(at, context))];
}
