import type { Optimizer } from './optimizer.js';

export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** AdamW: the decay shrinks the weights themselves instead of being added to the gradient. */
  readonly decoupled: boolean;
}

/**
 * Adam (Kingma and Ba, ICLR 2015, algorithm 1), and AdamW (Loshchilov and Hutter, ICLR 2019, algorithm 2) where the
 * decay is decoupled. The moments are kept in float32.
 */
export function adam({ beta1, beta2, epsilon, weightDecay, decoupled }: AdamOptions): Optimizer {
  return {
    memory: 2,
    update({ parameters, gradient, state: [mean, square], decays, learningRate, step }) {
      const correction1 = 1 - beta1 ** step;
      const correction2 = 1 - beta2 ** step;
      for (let i = 0; i < parameters.length; i++) {
        const decay = decays[i] === 1 ? weightDecay : 0;
        const slope = decoupled ? gradient[i] : gradient[i] + decay * parameters[i];
        mean[i] = beta1 * mean[i] + (1 - beta1) * slope;
        square[i] = beta2 * square[i] + (1 - beta2) * slope * slope;
        const direction = mean[i] / correction1 / (Math.sqrt(square[i] / correction2) + epsilon);
        parameters[i] -= learningRate * (direction + (decoupled ? decay * parameters[i] : 0));
      }
    },
  };
}
