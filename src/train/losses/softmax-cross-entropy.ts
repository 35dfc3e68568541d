import { attribute, Constant } from '../../onnx/index.js';
import type { Loss } from './loss.js';

/** -Σ t · log softmax(z) over the classes. */
export const softmaxCrossEntropy: Loss = (builder, logits, target) => {
  const logarithms = builder.node('LogSoftmax', [logits], { axis: attribute.int(-1) });
  const products = builder.node('Mul', [logarithms, target]);
  const axes = builder.constant(Constant.int64([1]), 'axes');
  const sums = builder.node('ReduceSum', [products, axes], { keepdims: attribute.int(0) });
  return builder.node('Neg', [sums]);
};
