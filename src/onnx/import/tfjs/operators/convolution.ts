import { attribute } from '../../../attributes.js';
import type { ChannelsLastGraph, Value } from '../../channels-last/channels-last-graph.js';
import { windowAttributes } from '../../channels-last/window-attributes.js';
import { transposed } from '../../transposed.js';
import { Unsupported } from '../../unsupported.js';
import type { TfjsNode } from '../tfjs-node.js';
import type { Converters } from './converter.js';
import { computeFused, fusedOf } from './fused-operators.js';
import { windowOf } from './window-of.js';

export const convolution: Converters = {
  Conv2D: conv,
  _FusedConv2D: conv,
  DepthwiseConv2dNative: depthwiseConv,
  DepthwiseConv2d: depthwiseConv,
  FusedDepthwiseConv2dNative: depthwiseConv,
};

/** Filters are [height, width, in, out]; the groups follow from the number of input channels. */
function conv(node: TfjsNode, inputs: readonly Value[], graph: ChannelsLastGraph): Value {
  const [input, filter, ...operands] = inputs;
  const [height, width, channels] = constant(filter).shape;
  const window = windowAttributes(graph, input, windowOf(node, [height, width]));
  const group = attribute.int(graph.length(input, 3) / channels);
  const weights = graph.store(transposed(constant(filter), [3, 2, 0, 1]), filter.stem);
  const names = [graph.name(input, 'channelsFirst'), weights];
  return computeFused(node, fusedOf(node, operands), graph, 'channelsFirst', 'Conv', names, {
    ...window,
    group,
  });
}

/** Filters are [height, width, in, multiplier]; every input channel is a group of `multiplier` output channels. */
function depthwiseConv(node: TfjsNode, inputs: readonly Value[], graph: ChannelsLastGraph): Value {
  const [input, filter, ...operands] = inputs;
  const [height, width, channels, multiplier] = constant(filter).shape;
  const window = windowAttributes(graph, input, windowOf(node, [height, width]));
  const kernel = transposed(constant(filter), [2, 3, 0, 1]);
  const weights = graph.store(kernel.reshaped([channels * multiplier, 1, height, width]), filter.stem);
  const names = [graph.name(input, 'channelsFirst'), weights];
  return computeFused(node, fusedOf(node, operands), graph, 'channelsFirst', 'Conv', names, {
    ...window,
    group: attribute.int(channels),
  });
}

function constant(filter: Value) {
  if (filter.constant === undefined) throw new Unsupported('a filter that is computed while the model runs');
  return filter.constant;
}
