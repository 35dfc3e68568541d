import { Constant } from '../../onnx/index.js';
import type { GraphBuilder } from '../../onnx/index.js';

/*
 * Steps that are written alike in every opset, unlike ReduceSum and Clip.
 */

/** The sum of each row of a tensor of shape [batch, length], of shape [batch, 1]. */
export function rowSum(builder: GraphBuilder, tensor: string, length: number): string {
  const ones = Constant.float32(Array<number>(length).fill(1), [length, 1]);
  return builder.node('MatMul', [tensor, builder.constant(ones, 'ones')]);
}

/** A tensor with every value cut to least..most, under the given name. */
export function cut(builder: GraphBuilder, tensor: string, most: number, least: number, name: string): void {
  const upper = builder.constant(Constant.scalar(most), 'most');
  const lower = builder.constant(Constant.scalar(least), 'least');
  builder.node('Max', [builder.node('Min', [tensor, upper]), lower], {}, { outputs: [name] });
}
