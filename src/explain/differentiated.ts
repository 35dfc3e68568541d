import type { Card } from '../model/card.js';
import { NotDifferentiable } from '../onnx/index.js';
import { Problem } from '../problem.js';
import { type Method, methods } from './methods.js';

/**
 * The graph that `differentiate` writes.
 * @throws Problem where an operator of the model has no rule; it names those, and the methods that work all the same.
 */
export function differentiated<Graph>(card: Card, differentiate: () => Graph): Graph {
  try {
    return differentiate();
  } catch (error) {
    if (!(error instanceof NotDifferentiable)) throw error;
    const list = methodsThatOnlyRun(card).join(', ');
    throw new Problem(error.what, error.why, `methods that only run the model work: ${list}`, {
      cause: error,
    });
  }
}

/** The names of the methods that explain such a model without its gradient; pairs need an embedding. */
function methodsThatOnlyRun({ outputs }: Card): string[] {
  const comparesPairs = Object.values(outputs).some(({ kind }) => kind === 'embedding');
  return Object.entries<Method>(methods)
    .filter(([, { needsGradient, explains }]) => !needsGradient && (explains === 'image' || comparesPairs))
    .map(([name]) => name);
}
