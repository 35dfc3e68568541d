import { attribute } from '../../../attributes.js';
import type { ChannelsLastGraph, Value } from '../../channels-last/channels-last-graph.js';
import { Unsupported } from '../../unsupported.js';
import type { TfjsNode } from '../tfjs-node.js';
import type { Converter, Converters } from './converter.js';

export const normalization: Converters = {
  Softmax: alongLastAxis('Softmax'),
  LogSoftmax: alongLastAxis('LogSoftmax'),
  FusedBatchNorm: batchNorm,
  FusedBatchNormV2: batchNorm,
  FusedBatchNormV3: batchNorm,
};

function alongLastAxis(opType: string): Converter {
  return (node, [x], graph) => {
    const layout = graph.layoutOf(x);
    const axis = attribute.int(graph.axis(x, -1, layout));
    return graph.compute(node.name, layout, opType, [graph.name(x, layout)], { axis });
  };
}

/** With the stored mean and variance; the outputs beyond the first are for training. */
function batchNorm(node: TfjsNode, [x, ...statistics]: readonly Value[], graph: ChannelsLastGraph): Value {
  if (node.string('data_format', 'NHWC') !== 'NHWC')
    throw new Unsupported('channels before height and width');
  const epsilon = attribute.float(node.float('epsilon', 0.001));
  const names = graph.names(statistics, 'plain');
  return graph.compute(
    node.name,
    'channelsFirst',
    'BatchNormalization',
    [graph.name(x, 'channelsFirst'), ...names],
    { epsilon },
  );
}
