import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { Attributes } from '../../../graph.js';
import type { ChannelsLastGraph, Value } from '../../channels-last/channels-last-graph.js';
import type { TfjsNode } from '../tfjs-node.js';
import type { Converters } from './converter.js';

export const resizing: Converters = {
  ResizeBilinear: (node, inputs, graph) => resize(node, inputs, graph, { mode: attribute.string('linear') }),
  /** Rounded half up where corners are aligned or pixels have centres; else the pixel that a coordinate falls into. */
  ResizeNearestNeighbor: (node, inputs, graph) =>
    resize(node, inputs, graph, {
      mode: attribute.string('nearest'),
      nearest_mode: attribute.string(
        node.bool('align_corners') || node.bool('half_pixel_centers') ? 'round_prefer_ceil' : 'floor',
      ),
    }),
};

function resize(
  node: TfjsNode,
  [input, size]: readonly Value[],
  graph: ChannelsLastGraph,
  attributes: Attributes,
): Value {
  const [height, width] = graph.numbers(size);
  const sizes = [graph.length(input, 0), graph.length(input, 3), height, width];
  const coordinates = node.bool('align_corners')
    ? 'align_corners'
    : node.bool('half_pixel_centers')
      ? 'half_pixel'
      : 'asymmetric';
  return graph.compute(
    node.name,
    'channelsFirst',
    'Resize',
    [graph.name(input, 'channelsFirst'), '', '', graph.store(Constant.int64(sizes), 'sizes')],
    { ...attributes, coordinate_transformation_mode: attribute.string(coordinates) },
  );
}
