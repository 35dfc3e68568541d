import { elementCount, type Tensor } from '../../tensor/tensor.js';
import type { Differentiable } from '../differentiable.js';
import { channelsLast, inputSize } from '../network-input.js';
import {
  checkPair,
  decide,
  type PairExplanation,
  type PairInput,
  type PairMaps,
} from '../pair-explanation.js';
import { channelMean } from './channel-mean.js';
import { combinedMap } from './combined-map.js';
import { embeddingGradient } from './embedding-gradient.js';
import { similarityArguments } from './similarity-arguments.js';

export interface XssabOptions {
  /** Cosine from which two faces match, in [-1, 1]. A term of the cosine is positive from threshold / D. */
  readonly threshold: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * xSSAB (Huber et al., "Efficient explainable face verification based on similarity score argument backpropagation", WACV
 * 2024): the terms of the cosine that speak for and against a match, each half differentiated with respect to the
 * network's input. Maps are means over the channels of absolute values, without smoothing or normalisation.
 *
 * Each image goes forward once for its embedding and once with the backward pass, which serves both halves.
 *
 * @param network differentiated at its embedding.
 * @throws Problem where an embedding is zero, a value is not finite, the pair is not comparable, or the threshold is no
 * cosine.
 */
export async function explainXssab(
  network: Differentiable,
  pair: PairInput,
  { threshold, signal }: XssabOptions,
): Promise<PairExplanation> {
  const start = performance.now();
  checkPair(pair, threshold);
  // The two sides do not need each other: with several threads they run side by side.
  const [[a], [b]] = await Promise.all([network.forward(pair.a), network.forward(pair.b)]);
  signal?.throwIfAborted();
  const { card, sha256 } = network.model;
  const [mapsOfA, mapsOfB] = await Promise.all([
    xssabMaps(network, pair.a, a, b, threshold),
    xssabMaps(network, pair.b, b, a, threshold),
  ]);
  const { cosine } = similarityArguments(a, b, threshold);
  return {
    cosine,
    threshold,
    decision: decide(cosine, threshold),
    a: mapsOfA,
    b: mapsOfB,
    provenance: {
      method: 'xssab',
      parameters: { threshold },
      target: 'cosine similarity of the pair',
      targetValue: cosine,
      seed: null,
      model: { name: card.name, sha256 },
      preprocessing: card.input,
      forwardPasses: 4,
      backwardPasses: 4,
      milliseconds: performance.now() - start,
    },
  };
}

/**
 * The maps of one image of a pair, for studies that need no others: one forward and one backward pass, which serves both
 * halves.
 *
 * @param explained the embedding of `image`, as `network.forward` gives it.
 * @param reference the embedding of the other image.
 * @throws Problem as `explainXssab`.
 */
export async function xssabMaps(
  network: Differentiable,
  image: Tensor,
  explained: Float32Array,
  reference: Float32Array,
  threshold: number,
): Promise<PairMaps> {
  const halves = similarityArguments(explained, reference, threshold);
  const seeds = [halves.positive, halves.negative].map((weights) => embeddingGradient(explained, weights));
  const { data } = await network.backward(image, seeds);
  const { layout } = network.model.card.input;
  const { width, height, channels } = inputSize(image.shape, layout);
  const size = elementCount(image.shape);
  const [positive, negative] = [0, 1].map((row) =>
    channelsLast(data.subarray(row * size, (row + 1) * size), image.shape, layout),
  );
  const [forMatch, against] = [positive, negative].map((gradient) => channelsFirst(gradient));
  return {
    width,
    height,
    positive: channelMean(forMatch, channels),
    negative: channelMean(against, channels),
    combined: combinedMap(forMatch, against, channels),
    gradients: { positive, negative },
  };
}

/** From [height, width, channels] to the order of `channelMean`. */
function channelsFirst({ data, shape }: Tensor): Float32Array {
  const channels = shape[2];
  const pixels = data.length / channels;
  const planar = new Float32Array(data.length);
  for (let pixel = 0, at = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < channels; channel++) planar[channel * pixels + pixel] = data[at++];
  }
  return planar;
}
