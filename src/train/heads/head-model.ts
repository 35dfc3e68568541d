import { Constant, GraphBuilder, type OnnxModel } from '../../onnx/index.js';
import { Problem } from '../../problem.js';
import { RandomState } from '../../tensor/random.js';
import { version } from '../../version.js';
import type { Head } from './head.js';

/** Names in the network of a head. */
export const headTensors = { feature: 'head.feature', logits: 'head.logits_output' } as const;

/** Mean and standard deviation of each channel of the features over the training split. */
export interface FeatureStatistics {
  readonly mean: Float32Array;
  readonly std: Float32Array;
}

/**
 * The network of a head by itself: features in, logits out. The features are standardised by fixed numbers first, which
 * belong to the network, so no result depends on the other images of a batch.
 * @param shape of the features of one image
 */
export function headModel(
  head: Head,
  shape: readonly number[],
  outputs: number,
  { mean, std }: FeatureStatistics,
  seed: number,
): OnnxModel {
  const builder = new GraphBuilder();
  const axes = [mean.length, ...shape.slice(1).map(() => 1)];
  const feature = builder.reserve(headTensors.feature);
  const centred = builder.node('Sub', [feature, builder.constant(Constant.float32(mean, axes), 'head.mean')]);
  const scale = builder.constant(Constant.float32(std, axes), 'head.std');
  const name = builder.node('Div', [centred, scale], {}, { name: 'head.standardised' });
  const logits = head.build(builder, { name, shape }, outputs, new RandomState(seed));
  builder.node('Identity', [logits], {}, { outputs: [headTensors.logits] });
  return {
    irVersion: 7,
    opsets: new Map([['', 13]]),
    producer: { name: 'faceprobe', version },
    metadata: new Map(),
    graph: builder.build({
      name: 'head',
      inputs: [{ name: feature, elementType: 'float32', shape: ['batch', ...shape] }],
      outputs: [{ name: headTensors.logits, elementType: 'float32', shape: ['batch', outputs] }],
    }),
  };
}

/**
 * The statistics of features, image by image. A channel that never changes is left where it is.
 * @throws {Problem} where no channel changes at all: there is nothing to learn from.
 */
export function featureStatistics(
  features: Iterable<Float32Array>,
  channels: number,
  tensor: string,
): FeatureStatistics {
  const [sum, squares] = [new Float64Array(channels), new Float64Array(channels)];
  let count = 0;
  let first: Float64Array | undefined;
  for (const feature of features) {
    const places = feature.length / channels;
    count += places;
    // About the first image, so that a small spread about a large mean is not lost.
    first ??= Float64Array.from({ length: channels }, (_, channel) => feature[channel * places]);
    for (let i = 0; i < feature.length; i++) {
      const channel = Math.floor(i / places);
      const value = feature[i] - first[channel];
      sum[channel] += value;
      squares[channel] += value * value;
    }
  }
  const spread = squares.map((square, at) => Math.sqrt(Math.max(0, square / count - (sum[at] / count) ** 2)));
  if (spread.every((value) => value === 0)) {
    throw new Problem(
      `the tensor "${tensor}"`,
      'is flat and the same for all images of the training split, so there is nothing to learn from',
      'name another tensor with --tensor',
    );
  }
  return {
    mean: Float32Array.from(sum, (value, at) => value / count + first![at]),
    std: Float32Array.from(spread, (value) => (value === 0 ? 1 : value)),
  };
}
