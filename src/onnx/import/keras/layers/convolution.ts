import { attribute } from '../../../attributes.js';
import type { Constant } from '../../../constant.js';
import type { ChannelsLastGraph, Value } from '../../channels-last/channels-last-graph.js';
import { windowAttributes, type Window } from '../../channels-last/window-attributes.js';
import { transposed } from '../../transposed.js';
import type { KerasLayer } from '../keras-layer.js';
import { activate } from './activation-function.js';
import type { Converters } from './converter.js';
import { windowOf } from './window-of.js';

export const convolution: Converters = {
  Conv2D: conv,
  DepthwiseConv2D: depthwiseConv,
  SeparableConv2D: separableConv,
};

/** Kernels are [height, width, in, out]; the groups follow from the number of input channels. */
function conv(layer: KerasLayer, [x]: readonly Value[], graph: ChannelsLastGraph): Value {
  const kernel = layer.weight('kernel');
  const window = windowOf(layer, kernel.shape.slice(0, 2));
  return finished(layer, graph, (stem) => addConv(stem, layer, x, kernel, window, graph, true));
}

/** Kernels are [height, width, in, multiplier]; every input channel is a group. */
function depthwiseConv(layer: KerasLayer, [x]: readonly Value[], graph: ChannelsLastGraph): Value {
  return finished(layer, graph, (stem) => addDepthwise(stem, layer, x, graph, true));
}

/** A depthwise convolution, and one of 1x1 over its channels, which has the bias. */
function separableConv(layer: KerasLayer, [x]: readonly Value[], graph: ChannelsLastGraph): Value {
  const depthwise = addDepthwise(`${layer.name}_depthwise`, layer, x, graph, false);
  const window: Window = { padding: 'valid', kernel: [1, 1], strides: [1, 1], dilations: [1, 1] };
  const pointwise = layer.weight('pointwise_kernel');
  return finished(layer, graph, (stem) => addConv(stem, layer, depthwise, pointwise, window, graph, true));
}

function finished(layer: KerasLayer, graph: ChannelsLastGraph, add: (stem: string) => Value): Value {
  const activation = layer.string('activation', 'linear');
  const stem = activation === 'linear' ? layer.name : `${layer.name}_Conv`;
  return activate(layer.name, activation, add(stem), graph);
}

function addConv(
  stem: string,
  layer: KerasLayer,
  x: Value,
  kernel: Constant,
  window: Window,
  graph: ChannelsLastGraph,
  withBias: boolean,
): Value {
  const weights = graph.store(transposed(kernel, [3, 2, 0, 1]), `${stem}_kernel`);
  return graph.compute(
    stem,
    'channelsFirst',
    'Conv',
    [graph.name(x, 'channelsFirst'), weights, ...bias(layer, graph, withBias)],
    { ...windowAttributes(graph, x, window), group: attribute.int(graph.length(x, 3) / kernel.shape[2]) },
  );
}

function addDepthwise(
  stem: string,
  layer: KerasLayer,
  x: Value,
  graph: ChannelsLastGraph,
  withBias: boolean,
): Value {
  const kernel = layer.optionalWeight('depthwise_kernel') ?? layer.weight('kernel');
  const [height, width, channels, multiplier] = kernel.shape;
  const grouped = transposed(kernel, [2, 3, 0, 1]).reshaped([channels * multiplier, 1, height, width]);
  const attributes = windowAttributes(graph, x, windowOf(layer, [height, width]));
  return graph.compute(
    stem,
    'channelsFirst',
    'Conv',
    [graph.name(x, 'channelsFirst'), graph.store(grouped, `${stem}_kernel`), ...bias(layer, graph, withBias)],
    { ...attributes, group: attribute.int(channels) },
  );
}

function bias(layer: KerasLayer, graph: ChannelsLastGraph, wanted: boolean): readonly string[] {
  return wanted && layer.bool('use_bias', true)
    ? [graph.store(layer.weight('bias'), `${layer.name}_bias`)]
    : [];
}
