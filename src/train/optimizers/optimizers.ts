import { adam } from './adam.js';
import type { Optimizer, OptimizerSettings } from './optimizer.js';
import { sgd } from './sgd.js';

export const optimizerNames = ['adam', 'adamw', 'sgd'] as const;
export type OptimizerName = (typeof optimizerNames)[number];

export function optimizer(settings: OptimizerSettings): Optimizer {
  switch (settings.name) {
    case 'sgd':
      return sgd(settings);
    default:
      return adam({ ...settings, decoupled: settings.name === 'adamw' });
  }
}

/** The settings of an optimiser with the usual constants of its paper. */
export function optimizerSettings(
  name: OptimizerName,
  {
    momentum = 0.9,
    weightDecay = 0,
  }: { momentum?: number | undefined; weightDecay?: number | undefined } = {},
): OptimizerSettings {
  return name === 'sgd'
    ? { name, momentum, weightDecay }
    : { name, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay };
}
