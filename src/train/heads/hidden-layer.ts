import type { Head } from './head.js';
import { dense } from './layers.js';

/** Pooling, one hidden layer of ReLU, the logits. */
export function hiddenLayer(units: number): Head {
  return {
    words: `pooling, ${units} ReLU, sigmoid`,
    pooled: true,
    build(builder, { name, shape: [length] }, outputs, random) {
      const hidden = dense(builder, name, [length, units], random, 'head.hidden');
      return dense(builder, builder.node('Relu', [hidden]), [units, outputs], random, 'head.logits');
    },
  };
}
