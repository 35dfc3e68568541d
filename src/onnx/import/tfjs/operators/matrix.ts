import { attribute } from '../../../attributes.js';
import type { ChannelsLastGraph, Value } from '../../channels-last/channels-last-graph.js';
import { Unsupported } from '../../unsupported.js';
import type { TfjsNode } from '../tfjs-node.js';
import type { Converters } from './converter.js';
import { computeFused, fusedOf } from './fused-operators.js';

export const matrix: Converters = {
  MatMul: matMul,
  _FusedMatMul: matMul,
  BatchMatMul: batchMatMul,
  BatchMatMulV2: batchMatMul,
};

function matMul(node: TfjsNode, inputs: readonly Value[], graph: ChannelsLastGraph): Value {
  const [a, b, ...operands] = inputs;
  if (graph.rank(a) !== 2 || graph.rank(b) !== 2) throw new Unsupported('operands that are no matrices');
  const transpose = (name: string) => attribute.int(node.bool(name) ? 1 : 0);
  const names = [graph.name(a, 'plain'), graph.name(b, 'plain')];
  return computeFused(node, fusedOf(node, operands), graph, 'plain', 'Gemm', names, {
    transA: transpose('transpose_a'),
    transB: transpose('transpose_b'),
  });
}

function batchMatMul(node: TfjsNode, inputs: readonly Value[], graph: ChannelsLastGraph): Value {
  const operands = inputs.map((input, i) => {
    const name = graph.name(input, 'plain');
    if (!node.bool(i === 0 ? 'adj_x' : 'adj_y')) return name;
    const rank = graph.rank(input);
    const order = Array.from({ length: rank }, (_, axis) => axis);
    order.splice(rank - 2, 2, rank - 1, rank - 2);
    return graph.node('Transpose', [name], { perm: attribute.ints(order) });
  });
  return graph.compute(node.name, 'plain', 'MatMul', operands);
}
