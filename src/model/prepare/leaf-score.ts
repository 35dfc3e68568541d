import { GraphBuilder } from '../../onnx/index.js';
import type { OnnxModel } from '../../onnx/index.js';
import { cut, rowSum } from './graph-pieces.js';

/** Leaves of the deep tree network (Liu et al., CVPR 2019). */
const leaves = 8;

/**
 * Adds the last step of a deep tree network for presentation-attack detection: the score of the leaf that the image was
 * routed to, sum over leaves of |score| * mask, cut to 0..1.
 * @param name of the new output, of shape [batch, 1]; it becomes the only one.
 */
export function leafScore(model: OnnxModel, name: string): OnnxModel {
  const builder = new GraphBuilder(model.graph);
  const terms = builder.node('Mul', [builder.node('Abs', ['Identity']), 'Identity_1']);
  cut(builder, rowSum(builder, terms, leaves), 1, 0, name);
  const output = { name, elementType: 'float32', shape: ['batch', 1] } as const;
  return { ...model, graph: builder.build({ outputs: [output] }) };
}
