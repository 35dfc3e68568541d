import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { ImportGraph } from '../import-graph.js';
import type { TfliteOperator } from '../tflite-model.js';
import { Unsupported } from '../unsupported.js';
import type { Converters } from './converter.js';

export const matrix: Converters = {
  FULLY_CONNECTED: fullyConnected,
  BATCH_MATMUL: batchMatMul,
};

/** The weights are [units, inputs]; an input of more axes is seen as rows of `inputs` elements. */
function fullyConnected(operator: TfliteOperator, graph: ImportGraph): void {
  const { inputs, outputs, options } = operator;
  const [input, weights, bias = -1] = inputs;
  const [output] = outputs;
  if ((options?.int8(1) ?? 0) !== 0) throw new Unsupported('shuffled weights');
  const length = graph.shape(weights)[1];
  const plain = graph.name(input, 'plain');
  const isRows = graph.rank(input) === 2 && graph.shape(input)[1] === length;
  const rows = isRows
    ? plain
    : graph.builder.node('Reshape', [plain, graph.add(Constant.int64([-1, length]))]);
  const operands = [rows, graph.name(weights, 'plain'), ...(bias < 0 ? [] : [graph.name(bias, 'plain')])];
  const transB = attribute.int(1);
  const activation = options?.int8(0) ?? 0;
  if (graph.rank(output) === 2) {
    graph.compute(output, 'plain', 'Gemm', operands, { transB }, activation);
    return;
  }
  const product = graph.builder.node('Gemm', operands, { transB });
  const shape = graph.add(Constant.int64(graph.shape(output)));
  graph.compute(output, 'plain', 'Reshape', [product, shape], {}, activation);
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
