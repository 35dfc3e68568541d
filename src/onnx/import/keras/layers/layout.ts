import { Constant } from '../../../constant.js';
import type { ChannelsLastGraph, Value } from '../../channels-last/channels-last-graph.js';
import { Unsupported } from '../../unsupported.js';
import type { KerasLayer } from '../keras-layer.js';
import type { Converters } from './converter.js';

export const layout: Converters = {
  /** In the order height, width, channels. */
  Flatten: (layer, [x], graph) => reshape(layer, x, [size(x, graph)], graph),
  Reshape: (layer, [x], graph) => {
    const target = layer.pair('target_shape', []);
    const known = target.filter((length) => length >= 0).reduce((a, b) => a * b, 1);
    return reshape(
      layer,
      x,
      target.map((length) => (length < 0 ? size(x, graph) / known : length)),
      graph,
    );
  },
  ZeroPadding2D: zeroPadding,
};

/** Elements of one row of the batch. */
function size(x: Value, graph: ChannelsLastGraph): number {
  return graph
    .shape(x)
    .slice(1)
    .reduce<number>((product, _, axis) => product * graph.length(x, axis + 1), 1);
}

function reshape(layer: KerasLayer, x: Value, shape: readonly number[], graph: ChannelsLastGraph): Value {
  const target = graph.store(Constant.int64([-1, ...shape]), 'shape');
  return graph.compute(layer.name, 'plain', 'Reshape', [graph.name(x, 'plain'), target]);
}

/** [[top, bottom], [left, right]], [height, width], or one number for all sides. */
function zeroPadding(layer: KerasLayer, [x]: readonly Value[], graph: ChannelsLastGraph): Value {
  layer.refuseChannelsFirst();
  const given = layer.value('padding') ?? 1;
  const sides = Array.isArray(given) ? (given as readonly unknown[]) : [given, given];
  const pairs = sides.map((side) => (Array.isArray(side) ? side.map(Number) : [Number(side), Number(side)]));
  if (pairs.length !== 2 || pairs.flat().some((amount) => !Number.isInteger(amount)))
    throw new Unsupported('a padding that is not understood');
  const [[top, bottom], [left, right]] = pairs;
  const pads = graph.store(Constant.int64([0, 0, top, left, 0, 0, bottom, right]), 'pads');
  return graph.compute(layer.name, 'channelsFirst', 'Pad', [graph.name(x, 'channelsFirst'), pads]);
}
