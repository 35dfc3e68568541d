import { attribute } from '../../../attributes.js';
import type { ChannelsLastGraph, Value } from '../../channels-last/channels-last-graph.js';
import { Unsupported } from '../../unsupported.js';
import type { KerasLayer } from '../keras-layer.js';
import { activate, clip, softmax } from './activation-function.js';
import type { Converters } from './converter.js';

export const activation: Converters = {
  Activation: (layer, [x], graph) => activate(layer.name, layer.string('activation', 'linear'), x, graph),
  ReLU: relu,
  LeakyReLU: (layer, [x], graph) =>
    graph.elementwise(layer.name, 'LeakyRelu', [x], {
      alpha: attribute.float(layer.number('negative_slope', layer.number('alpha', 0.3))),
    }),
  ELU: (layer, [x], graph) =>
    graph.elementwise(layer.name, 'Elu', [x], { alpha: attribute.float(layer.number('alpha', 1)) }),
  PReLU: (layer, [x], graph) =>
    graph.elementwise(layer.name, 'PRelu', [x, graph.constant(layer.weight('alpha'), `${layer.name}_alpha`)]),
  Softmax: (layer, [x], graph) => softmax(layer.name, x, layer.number('axis', -1), graph),
};

function relu(layer: KerasLayer, [x]: readonly Value[], graph: ChannelsLastGraph): Value {
  const slope = layer.number('negative_slope', 0);
  const most = layer.value('max_value');
  if (layer.number('threshold', 0) !== 0) throw new Unsupported('a threshold');
  if (typeof most === 'number') {
    if (slope !== 0) throw new Unsupported('both a slope and a largest value');
    return clip(layer.name, x, most, graph);
  }
  return slope === 0
    ? graph.elementwise(layer.name, 'Relu', [x])
    : graph.elementwise(layer.name, 'LeakyRelu', [x], { alpha: attribute.float(slope) });
}
