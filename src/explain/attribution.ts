import { inputSize, channelsLast } from './network-input.js';
import { type Provenance, type SaliencyMap, valueRange } from './saliency-map.js';
import type { Differentiable } from './differentiable.js';
import type { BoundTarget } from './target.js';

/** What each element of a network's input contributes, and one value a pixel of it. */
export interface Attribution {
  readonly map: SaliencyMap;
  /** Signed values of shape [height, width, channels], in the channel order of the network. */
  readonly channels: { readonly data: Float32Array; readonly shape: readonly number[] };
}

export interface AttributionOptions {
  /** Images in one pass, at most. Maps differ by no more than float32 rounding. @default 16 */
  readonly batchSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after every batch with the number of images that are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** How the channels of a pixel become one value. */
export type ChannelReduction = 'sum' | 'mean of absolute values';

/** What every method records alike. */
export interface AttributionRecord {
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly channels: ChannelReduction;
  readonly targetValue: number;
  readonly seed: number | null;
  readonly forwardPasses: number;
  readonly backwardPasses: number;
  readonly start: number;
}

/**
 * @param values in the network's layout, for one image.
 * @param shape of the network's input.
 */
export function attribution(
  network: Differentiable,
  bound: BoundTarget,
  values: ArrayLike<number>,
  shape: readonly number[],
  record: AttributionRecord,
): Attribution {
  const { card, sha256 } = network.model;
  const { width, height, channels: count } = inputSize(shape, card.input.layout);
  const channels = channelsLast(values, shape, card.input.layout);
  const { start, channels: reduction, parameters, ...rest } = record;
  const data = new Float32Array(width * height);
  for (let pixel = 0; pixel < data.length; pixel++) {
    let sum = 0;
    for (let at = pixel * count; at < (pixel + 1) * count; at++) {
      sum += reduction === 'sum' ? channels.data[at] : Math.abs(channels.data[at]);
    }
    data[pixel] = reduction === 'sum' ? sum : sum / count;
  }
  const provenance: Provenance = {
    ...rest,
    parameters: { ...parameters, channels: reduction },
    target: bound.name,
    model: { name: card.name, sha256 },
    preprocessing: card.input,
    milliseconds: performance.now() - start,
    range: valueRange(data),
  };
  return { map: { width, height, data, provenance }, channels };
}
