import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import { elementTypeCode } from '../../../element-type.js';
import type { ChannelsLastGraph, Value } from '../../channels-last/channels-last-graph.js';
import type { TfjsNode } from '../tfjs-node.js';
import type { Converter, Converters } from './converter.js';

export const elementwise: Converters = {
  Abs: same('Abs'),
  Ceil: same('Ceil'),
  Cos: same('Cos'),
  Elu: same('Elu'),
  Erf: same('Erf'),
  Exp: same('Exp'),
  Floor: same('Floor'),
  LeakyRelu: (node, inputs, graph) =>
    graph.elementwise(node.name, 'LeakyRelu', inputs, { alpha: attribute.float(node.float('alpha', 0.2)) }),
  Log: same('Log'),
  Neg: same('Neg'),
  Reciprocal: same('Reciprocal'),
  Relu: same('Relu'),
  Relu6: (node, [x], graph) => clip(node, x, [0, 6], graph),
  ClipByValue: (node, [x, ...bounds], graph) =>
    clip(
      node,
      x,
      bounds.map((bound) => graph.numbers(bound)[0]),
      graph,
    ),
  Round: same('Round'),
  Rsqrt: (node, inputs, graph) =>
    graph.elementwise(node.name, 'Reciprocal', [graph.elementwise(`${node.name}_Sqrt`, 'Sqrt', inputs)]),
  Selu: same('Selu'),
  Sigmoid: same('Sigmoid'),
  Sign: same('Sign'),
  Sin: same('Sin'),
  Softplus: same('Softplus'),
  Sqrt: same('Sqrt'),
  Square: (node, [x], graph) => graph.elementwise(node.name, 'Mul', [x, x]),
  Tanh: same('Tanh'),

  Add: same('Add'),
  AddV2: same('Add'),
  AddN: same('Sum'),
  BiasAdd: same('Add'),
  Sub: same('Sub'),
  Mul: same('Mul'),
  Div: same('Div'),
  RealDiv: same('Div'),
  Maximum: same('Max'),
  Minimum: same('Min'),
  Pow: same('Pow'),
  Prelu: same('PRelu'),
  SquaredDifference: squaredDifference,

  Equal: same('Equal'),
  NotEqual: (node, inputs, graph) =>
    graph.elementwise(node.name, 'Not', [graph.elementwise(`${node.name}_Equal`, 'Equal', inputs)]),
  Greater: same('Greater'),
  GreaterEqual: same('GreaterOrEqual'),
  Less: same('Less'),
  LessEqual: same('LessOrEqual'),
  LogicalAnd: same('And'),
  LogicalOr: same('Or'),
  LogicalNot: same('Not'),
  Select: same('Where'),
  SelectV2: same('Where'),

  Cast: (node, inputs, graph) =>
    graph.elementwise(node.name, 'Cast', inputs, {
      to: attribute.int(elementTypeCode(node.elementType('DstT'))),
    }),
  Identity: (_node, [x]) => x,
  StopGradient: (_node, [x]) => x,
  Snapshot: (_node, [x]) => x,
};

/** An operator that ONNX has as well. */
function same(opType: string): Converter {
  return (node, inputs, graph) => graph.elementwise(node.name, opType, inputs);
}

function clip(node: TfjsNode, x: Value, bounds: readonly number[], graph: ChannelsLastGraph): Value {
  const layout = graph.layoutOf(x);
  const names = bounds.map((bound) => graph.store(Constant.scalar(bound), 'bound'));
  return graph.compute(node.name, layout, 'Clip', [graph.name(x, layout), ...names]);
}

function squaredDifference(node: TfjsNode, inputs: readonly Value[], graph: ChannelsLastGraph): Value {
  const difference = graph.elementwise(`${node.name}_Sub`, 'Sub', inputs);
  return graph.elementwise(node.name, 'Mul', [difference, difference]);
}
