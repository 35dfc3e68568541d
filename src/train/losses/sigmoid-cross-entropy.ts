import { attribute, Constant } from '../../onnx/index.js';
import type { Loss } from './loss.js';

/** Σ log(1 + exp z) - t · z over the outputs: binary cross-entropy of sigmoid(z), safe for large z. */
export const sigmoidCrossEntropy: Loss = (builder, logits, target) => {
  const softplus = builder.node('Softplus', [logits]);
  const difference = builder.node('Sub', [softplus, builder.node('Mul', [target, logits])]);
  const axes = builder.constant(Constant.int64([1]), 'axes');
  return builder.node('ReduceSum', [difference, axes], { keepdims: attribute.int(0) });
};
