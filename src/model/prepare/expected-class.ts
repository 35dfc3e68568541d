import { Constant, GraphBuilder } from '../../onnx/index.js';
import type { OnnxModel } from '../../onnx/index.js';

/**
 * Adds the mean of a distribution over the classes 0, 1, 2, ... to a graph: the sum of class * probability. Unlike the
 * most probable class it can be differentiated, so that it can be explained.
 * @param probabilities the output [batch, count] that holds the distribution
 * @param name of the new output, of shape [batch, 1]
 */
export function expectedClass(
  model: OnnxModel,
  probabilities: string,
  { name, count }: { readonly name: string; readonly count: number },
): OnnxModel {
  const builder = new GraphBuilder(model.graph);
  const values = Constant.float32(
    Array.from({ length: count }, (_, value) => value),
    [count, 1],
  );
  builder.node('MatMul', [probabilities, builder.constant(values, 'value')], {}, { outputs: [name] });
  const output = { name, elementType: 'float32', shape: ['batch', 1] } as const;
  return { ...model, graph: builder.build({ outputs: [...model.graph.outputs, output] }) };
}
