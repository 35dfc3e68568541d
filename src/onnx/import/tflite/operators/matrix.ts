import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { ImportGraph } from '../import-graph.js';
import type { TfliteOperator } from '../tflite-model.js';
import { Unsupported } from '../../unsupported.js';
import type { Converters } from './converter.js';

export const matrix: Converters = {
  FULLY_CONNECTED: fullyConnected,
  BATCH_MATMUL: batchMatMul,
};

/** The weights are [units, inputs]; an input of more axes is seen as rows of `inputs` elements. */
function fullyConnected({ inputs, outputs, options }: TfliteOperator, graph: ImportGraph): void {
  const [input, weights, bias = -1] = inputs;
  const [output] = outputs;
  if ((options?.int8(1) ?? 0) !== 0) throw new Unsupported('shuffled weights');
  const activation = options?.int8(0) ?? 0;
  const x = graph.name(input, 'plain');
  const w = graph.name(weights, 'plain');
  const optional = bias < 0 ? [] : [graph.name(bias, 'plain')];
  if (graph.rank(output) > 2) {
    // The axes before the last are kept.
    const columns = graph.builder.node('Transpose', [w], { perm: attribute.ints([1, 0]) });
    const product = graph.builder.node('MatMul', [x, columns]);
    graph.compute(
      output,
      'plain',
      optional.length === 0 ? 'Identity' : 'Add',
      [product, ...optional],
      {},
      activation,
    );
    return;
  }
  const length = graph.shape(weights)[1];
  const isRows = graph.rank(input) === 2 && graph.shape(input)[1] === length;
  const rows = isRows ? x : graph.builder.node('Reshape', [x, graph.add(Constant.int64([-1, length]))]);
  graph.compute(output, 'plain', 'Gemm', [rows, w, ...optional], { transB: attribute.int(1) }, activation);
}

function batchMatMul({ inputs, outputs: [output], options }: TfliteOperator, graph: ImportGraph): void {
  const operands = inputs.map((input, i) => {
    const name = graph.name(input, 'plain');
    if (options?.bool(i) !== true) return name;
    const rank = graph.rank(input);
    const order = Array.from({ length: rank }, (_, axis) => axis);
    order.splice(rank - 2, 2, rank - 1, rank - 2);
    return graph.builder.node('Transpose', [name], { perm: attribute.ints(order) });
  });
  graph.compute(output, 'plain', 'MatMul', operands);
}
