import { Constant, GraphBuilder, attribute } from '../../onnx/index.js';
import type { OnnxModel } from '../../onnx/index.js';

/** The graph outputs of one SSR-Net stage and its number of bins. */
interface Stage {
  readonly probabilities: string;
  readonly offsets: string;
  readonly scale: string;
}

const stages: readonly Stage[] = [1, 2, 3].map((stage) => ({
  probabilities: `prob_stage_${stage}`,
  offsets: `index_offset_stage${stage}`,
  scale: `stage${stage}_delta_k`,
}));

const bins = 3;

/**
 * Adds the last step of SSR-Net (Yang et al., IJCAI 2018, equation 8) to a graph that ends with its stages, so that the
 * value is differentiable like everything else:
 * value = range * sum over stages k of [sum over bins i of p_i (i + offset_i)] / product over j <= k of bins (1 + scale_j).
 * @param name of the new output, of shape [batch, 1]; it becomes the only one.
 * @param limit where given, the value is cut to 0..limit: it is a regression and may leave its range a little.
 */
export function ssrNetValue(
  model: OnnxModel,
  name: string,
  { scale: range, limit }: { readonly scale: number; readonly limit?: number },
): OnnxModel {
  const builder = new GraphBuilder(model.graph);
  const indices = builder.constant(Constant.float32([0, 1, 2], [1, bins]), 'bin');
  const count = builder.constant(Constant.scalar(bins), 'bins');
  const one = builder.constant(Constant.scalar(1), 'one');
  const whole = builder.constant(Constant.scalar(range), 'range');
  let width: string | undefined;
  let sum: string | undefined;
  for (const { probabilities, offsets, scale } of stages) {
    const position = builder.node('Add', [indices, offsets]);
    const terms = builder.node('Mul', [probabilities, position]);
    const stage = builder.node('ReduceSum', [terms], {
      axes: attribute.ints([1]),
      keepdims: attribute.int(1),
    });
    const stretched = builder.node('Mul', [count, builder.node('Add', [one, scale])]);
    width = width === undefined ? stretched : builder.node('Mul', [width, stretched]);
    const share = builder.node('Div', [stage, width]);
    sum = sum === undefined ? share : builder.node('Add', [sum, share]);
  }
  if (limit === undefined) {
    builder.node('Mul', [sum!, whole], {}, { outputs: [name] });
  } else {
    const value = builder.node('Mul', [sum!, whole]);
    // The files are opset 9, where the bounds are attributes.
    const bounds = { min: attribute.float(0), max: attribute.float(limit) };
    builder.node('Clip', [value], bounds, { outputs: [name] });
  }
  const output = { name, elementType: 'float32', shape: [1, 1] } as const;
  return { ...model, graph: builder.build({ outputs: [output] }) };
}
