import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { ChannelsLastGraph, Value } from '../../channels-last/channels-last-graph.js';
import { Unsupported } from '../../unsupported.js';
import type { KerasLayer } from '../keras-layer.js';
import type { Converters } from './converter.js';

export const normalization: Converters = { BatchNormalization: batchNormalization };

/** With the stored statistics; scale and offset may be left out. */
function batchNormalization(layer: KerasLayer, [x]: readonly Value[], graph: ChannelsLastGraph): Value {
  const rank = graph.rank(x);
  const [axis] = layer.pair('axis', [-1]);
  if (axis !== -1 && axis !== rank - 1) throw new Unsupported('another axis than the last');
  const mean = layer.weight('moving_mean');
  const constant = (value: number) => Constant.float32(Array<number>(mean.size).fill(value));
  const statistics = [
    layer.optionalWeight('gamma') ?? constant(1),
    layer.optionalWeight('beta') ?? constant(0),
    mean,
    layer.weight('moving_variance'),
  ].map((tensor, i) => graph.store(tensor, `${layer.name}_${['gamma', 'beta', 'mean', 'variance'][i]}`));
  const layout = rank === 4 ? 'channelsFirst' : 'plain';
  if (rank !== 4 && rank !== 2) throw new Unsupported(`an input of ${rank} axes`);
  return graph.compute(layer.name, layout, 'BatchNormalization', [graph.name(x, layout), ...statistics], {
    epsilon: attribute.float(layer.number('epsilon', 0.001)),
  });
}
