import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { Attributes } from '../../../graph.js';
import type { ChannelsLastGraph, Value } from '../../channels-last/channels-last-graph.js';
import { Unsupported } from '../../unsupported.js';

/** Functions that ONNX has as one operator. */
const operators: Readonly<Record<string, readonly [opType: string, attributes?: Attributes]>> = {
  relu: ['Relu'],
  sigmoid: ['Sigmoid'],
  tanh: ['Tanh'],
  elu: ['Elu'],
  selu: ['Selu'],
  softplus: ['Softplus'],
  softsign: ['Softsign'],
  exponential: ['Exp'],
  // Of Keras 2: 0.2 x + 0.5 between 0 and 1.
  hard_sigmoid: ['HardSigmoid', { alpha: attribute.float(0.2), beta: attribute.float(0.5) }],
};

/** Adds the activation function that a layer names; none is `linear`. */
export function activate(stem: string, activation: string, x: Value, graph: ChannelsLastGraph): Value {
  if (activation === 'linear') return x;
  if (Object.hasOwn(operators, activation)) {
    const [opType, attributes] = operators[activation];
    return graph.elementwise(stem, opType, [x], attributes);
  }
  switch (activation) {
    case 'softmax':
      return softmax(stem, x, -1, graph);
    case 'relu6':
      return clip(stem, x, 6, graph);
    case 'swish':
    case 'silu':
      return graph.elementwise(stem, 'Mul', [x, graph.elementwise(`${stem}_Sigmoid`, 'Sigmoid', [x])]);
    default:
      throw new Unsupported(`the activation ${activation}`);
  }
}

export function softmax(stem: string, x: Value, along: number, graph: ChannelsLastGraph): Value {
  const layout = graph.layoutOf(x);
  const axis = attribute.int(graph.axis(x, along, layout));
  return graph.compute(stem, layout, 'Softmax', [graph.name(x, layout)], { axis });
}

/** Between zero and a largest value. */
export function clip(stem: string, x: Value, most: number, graph: ChannelsLastGraph): Value {
  const layout = graph.layoutOf(x);
  const bounds = [0, most].map((bound) => graph.store(Constant.scalar(bound), 'bound'));
  return graph.compute(stem, layout, 'Clip', [graph.name(x, layout), ...bounds]);
}
