import type { Loss } from './loss.js';
import { sigmoidCrossEntropy } from './sigmoid-cross-entropy.js';
import { softmaxCrossEntropy } from './softmax-cross-entropy.js';

export const losses = {
  /** Of several classes, one of which is right. */
  'softmax-cross-entropy': softmaxCrossEntropy,
  /** Of outputs that are each a question of yes or no. */
  'sigmoid-cross-entropy': sigmoidCrossEntropy,
} as const satisfies Readonly<Record<string, Loss>>;

export type LossName = keyof typeof losses;
