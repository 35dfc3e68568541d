import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { Attributes } from '../../../graph.js';
import type { ChannelsLastGraph, Layout, Value } from '../../channels-last/channels-last-graph.js';
import { Unsupported } from '../../unsupported.js';
import type { TfjsNode } from '../tfjs-node.js';

/** What is done to a convolution's or a matrix product's result, in this order. */
interface Fused {
  readonly bias: Value | undefined;
  readonly activation: string | undefined;
  readonly slope: Value | undefined;
}

const plain: Readonly<Record<string, string>> = {
  Relu: 'Relu',
  Elu: 'Elu',
  Sigmoid: 'Sigmoid',
  Tanh: 'Tanh',
};

/** Adds the convolution or product with its bias, and the activation that is fused into it. */
export function computeFused(
  node: TfjsNode,
  fused: Fused,
  graph: ChannelsLastGraph,
  layout: Layout,
  opType: string,
  inputs: readonly string[],
  attributes: Attributes,
): Value {
  const { bias, activation, slope } = fused;
  const all = bias === undefined ? inputs : [...inputs, graph.name(bias, 'plain')];
  const stem = activation === undefined ? node.name : `${node.name}_${opType}`;
  const result = graph.compute(stem, layout, opType, all, attributes);
  if (activation === undefined) return result;
  const x = graph.name(result, layout);
  if (Object.hasOwn(plain, activation)) return graph.compute(node.name, layout, plain[activation], [x]);
  switch (activation) {
    case 'Relu6': {
      const bounds = [0, 6].map((bound) => graph.store(Constant.scalar(bound), 'bound'));
      return graph.compute(node.name, layout, 'Clip', [x, ...bounds]);
    }
    case 'LeakyRelu': {
      const alpha = attribute.float(node.float('leakyrelu_alpha', 0.2));
      return graph.compute(node.name, layout, 'LeakyRelu', [x], { alpha });
    }
    case 'Prelu':
      return graph.compute(node.name, layout, 'PRelu', [x, graph.name(slope!, layout)]);
    default:
      throw new Unsupported(`the fused operator ${activation}`);
  }
}

/** Reads `fused_ops`; the operands beyond the first two belong to them. */
export function fusedOf(node: TfjsNode, operands: readonly Value[]): Fused {
  const names = node.strings('fused_ops');
  const rest = [...operands];
  const hasBias = names[0] === 'BiasAdd';
  const [activation, ...more] = hasBias ? names.slice(1) : names;
  if (more.length > 0) throw new Unsupported(`the fused operators ${names.join(', ')}`);
  const bias = hasBias ? rest.shift() : undefined;
  const slope = activation === 'Prelu' ? rest.shift() : undefined;
  if ((hasBias && bias === undefined) || (activation === 'Prelu' && slope === undefined))
    throw new Unsupported('a missing operand');
  return { bias, activation, slope };
}
