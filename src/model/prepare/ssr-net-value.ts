import { Constant, GraphBuilder } from '../../onnx/index.js';
import type { OnnxModel } from '../../onnx/index.js';
import { cut, rowSum } from './graph-pieces.js';

const bins = 3;

/**
 * Adds the last step of SSR-Net (Yang et al., IJCAI 2018, equation 8) to a graph that ends with its three stages, so
 * that the value is differentiable like everything else:
 * value = range * sum over stages k of [sum over bins i of p_i (i + offset_i)] / product over j <= k of bins (1 + delta_j).
 * @param name of the new output, of shape [batch, 1]; it becomes the only one.
 * @param limit where given, the value is cut to 0..limit: it is a regression and may leave its range a little.
 */
export function ssrNetValue(
  model: OnnxModel,
  name: string,
  { range, limit }: { readonly range: number; readonly limit?: number },
): OnnxModel {
  const builder = new GraphBuilder(model.graph);
  const indices = builder.constant(Constant.float32([0, 1, 2], [1, bins]), 'bin');
  const count = builder.constant(Constant.scalar(bins), 'bins');
  const one = builder.constant(Constant.scalar(1), 'one');
  let width = one;
  const shares = [1, 2, 3].map((stage) => {
    const position = builder.node('Add', [indices, `index_offset_stage${stage}`]);
    const terms = builder.node('Mul', [`prob_stage_${stage}`, position]);
    const stretch = builder.node('Add', [one, `stage${stage}_delta_k`]);
    width = builder.node('Mul', [width, builder.node('Mul', [count, stretch])]);
    return builder.node('Div', [rowSum(builder, terms, bins), width]);
  });
  const sum = builder.node('Sum', shares);
  const value = builder.node('Mul', [sum, builder.constant(Constant.scalar(range), 'range')]);
  if (limit === undefined) builder.node('Identity', [value], {}, { outputs: [name] });
  else cut(builder, value, limit, 0, name);
  const output = { name, elementType: 'float32', shape: [1, 1] } as const;
  return { ...model, graph: builder.build({ outputs: [output] }) };
}
