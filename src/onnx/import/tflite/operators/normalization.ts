import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { ImportGraph } from '../import-graph.js';
import type { TfliteOperator } from '../tflite-model.js';
import type { Converters } from './converter.js';

/** Operators along the last axis: the channels. */
export const normalization: Converters = {
  SOFTMAX: softmax,
  LOG_SOFTMAX({ inputs: [input], outputs: [output] }, graph) {
    const layout = graph.layoutOf(input);
    const axis = attribute.int(graph.axis(input, -1, layout));
    graph.compute(output, layout, 'LogSoftmax', [graph.name(input, layout)], { axis });
  },
  L2_NORMALIZATION: l2Normalization,
};

function softmax({ inputs: [input], outputs: [output], options }: TfliteOperator, graph: ImportGraph): void {
  const layout = graph.layoutOf(input);
  const beta = options?.float32(0) ?? 1;
  const x = graph.name(input, layout);
  const scaled = beta === 1 ? x : graph.builder.node('Mul', [x, graph.add(Constant.scalar(beta))]);
  const axis = attribute.int(graph.axis(input, -1, layout));
  graph.compute(output, layout, 'Softmax', [scaled], { axis });
}

/** x / max(|x|, 1e-6), the bound being that of TFLite's kernels. */
function l2Normalization(operator: TfliteOperator, graph: ImportGraph): void {
  const [input] = operator.inputs;
  const layout = graph.layoutOf(input);
  const x = graph.name(input, layout);
  const axes = attribute.ints([graph.axis(input, -1, layout)]);
  const length = graph.builder.node('ReduceL2', [x], { axes });
  const bounded = graph.builder.node('Max', [length, graph.add(Constant.scalar(1e-6))]);
  graph.compute(operator.outputs[0], layout, 'Div', [x, bounded], {}, operator.options?.int8(0) ?? 0);
}
