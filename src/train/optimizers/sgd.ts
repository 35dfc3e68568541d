import type { Optimizer } from './optimizer.js';

/**
 * Stochastic gradient descent with momentum, as PyTorch's `SGD`: v = momentum · v + (g + decay · w); w -= rate · v.
 * @param weightDecay strength of the L2 penalty
 */
export function sgd({ momentum, weightDecay }: { momentum: number; weightDecay: number }): Optimizer {
  return {
    memory: 1,
    update({ parameters, gradient, state: [velocity], decays, learningRate }) {
      for (let i = 0; i < parameters.length; i++) {
        const slope = gradient[i] + (decays[i] === 1 ? weightDecay * parameters[i] : 0);
        velocity[i] = momentum * velocity[i] + slope;
        parameters[i] -= learningRate * velocity[i];
      }
    },
  };
}
