import type { ChannelsLastGraph, Value } from '../../channels-last/channels-last-graph.js';
import type { KerasLayer } from '../keras-layer.js';
import { activate } from './activation-function.js';
import type { Converters } from './converter.js';

export const dense: Converters = { Dense: addDense };

/** Along the last axis; the kernel is [in, out]. */
function addDense(layer: KerasLayer, [x]: readonly Value[], graph: ChannelsLastGraph): Value {
  const activation = layer.string('activation', 'linear');
  const stem = activation === 'linear' ? layer.name : `${layer.name}_Dense`;
  const kernel = graph.store(layer.weight('kernel'), `${layer.name}_kernel`);
  const bias = layer.bool('use_bias', true) ? [graph.store(layer.weight('bias'), `${layer.name}_bias`)] : [];
  const names = [graph.name(x, 'plain'), kernel];
  if (graph.rank(x) === 2) {
    const product = graph.compute(stem, 'plain', 'Gemm', [...names, ...bias]);
    return activate(layer.name, activation, product, graph);
  }
  const product =
    bias.length === 0
      ? graph.compute(stem, 'plain', 'MatMul', names)
      : graph.compute(stem, 'plain', 'Add', [graph.node('MatMul', names), ...bias]);
  return activate(layer.name, activation, product, graph);
}
