import { gradient } from '../gradient/gradient.js';
import type { OnnxModel } from '../graph.js';
import { Problem } from '../../problem.js';

/**
 * Why an output cannot be differentiated with respect to an input: the operators that have no rule, or that it does not
 * depend on it.
 * @returns `undefined` where it can be.
 */
export function undifferentiable(model: OnnxModel, output: string, input: string): string | undefined {
  try {
    gradient(model, { of: output, wrt: input });
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.why;
  }
}
