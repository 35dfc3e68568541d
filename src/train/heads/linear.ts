import type { Head } from './head.js';
import { dense } from './layers.js';

/** Logistic regression on the pooled features. */
export const linear: Head = {
  words: 'pooling, logistic regression',
  pooled: true,
  build: (builder, { name, shape: [length] }, outputs, random) =>
    dense(builder, name, [length, outputs], random, 'head.logits'),
};
