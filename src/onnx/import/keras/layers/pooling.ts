import { attribute } from '../../../attributes.js';
import { windowAttributes } from '../../channels-last/window-attributes.js';
import type { Converter, Converters } from './converter.js';
import { windowOf } from './window-of.js';

export const pooling: Converters = {
  MaxPooling2D: pool('MaxPool'),
  /** As in ONNX by default, padding does not count. */
  AveragePooling2D: pool('AveragePool'),
  GlobalAveragePooling2D: globalPool('ReduceMean'),
  GlobalMaxPooling2D: globalPool('ReduceMax'),
};

function pool(opType: string): Converter {
  return (layer, [x], graph) => {
    const size = layer.pair('pool_size', [2, 2]);
    const attributes = windowAttributes(graph, x, windowOf(layer, size, size));
    return graph.compute(layer.name, 'channelsFirst', opType, [graph.name(x, 'channelsFirst')], attributes);
  };
}

function globalPool(opType: string): Converter {
  return (layer, [x], graph) => {
    layer.refuseChannelsFirst();
    const keep = layer.bool('keepdims', false);
    return graph.compute(
      layer.name,
      keep ? 'channelsFirst' : 'plain',
      opType,
      [graph.name(x, 'channelsFirst')],
      { axes: attribute.ints([2, 3]), keepdims: attribute.int(keep ? 1 : 0) },
    );
  };
}
