import { windowAttributes } from '../../channels-last/window-attributes.js';
import type { Converter, Converters } from './converter.js';
import { windowOf } from './window-of.js';

export const pooling: Converters = {
  MaxPool: pool('MaxPool'),
  /** As in ONNX by default, padding does not count. */
  AvgPool: pool('AveragePool'),
};

function pool(opType: string): Converter {
  return (node, [input], graph) => {
    const attributes = windowAttributes(graph, input, windowOf(node, node.ints('ksize').slice(1, 3)));
    return graph.compute(
      node.name,
      'channelsFirst',
      opType,
      [graph.name(input, 'channelsFirst')],
      attributes,
    );
  };
}
