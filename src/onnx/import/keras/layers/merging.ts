import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { Converter, Converters } from './converter.js';

/** Layers of several inputs. */
export const merging: Converters = {
  Add: elementwise('Sum'),
  Subtract: elementwise('Sub'),
  Multiply: (layer, inputs, graph) =>
    inputs
      .slice(1)
      .reduce((product, input) => graph.elementwise(layer.name, 'Mul', [product, input]), inputs[0]),
  Average: (layer, inputs, graph) => {
    const count = graph.constant(Constant.scalar(inputs.length), 'count');
    return graph.elementwise(layer.name, 'Div', [
      graph.elementwise(`${layer.name}_Sum`, 'Sum', inputs),
      count,
    ]);
  },
  Maximum: elementwise('Max'),
  Minimum: elementwise('Min'),
  Concatenate: (layer, inputs, graph) => {
    const order = graph.layoutOf(...inputs);
    const axis = attribute.int(graph.axis(inputs[0], layer.number('axis', -1), order));
    return graph.compute(layer.name, order, 'Concat', graph.names(inputs, order), { axis });
  },
};

function elementwise(opType: string): Converter {
  return (layer, inputs, graph) => graph.elementwise(layer.name, opType, inputs);
}
