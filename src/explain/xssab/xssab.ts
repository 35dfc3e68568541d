import type { CardInput } from '../../model/card.js';
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
import { embeddingGradient } from './embedding-gradient.js';
import { checkGradients, type ExplainedSide, type XssabNetwork } from './open-xssab.js';
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
 * Each image goes forward once; the seeds of its two backward passes are computed on the way.
 *
 * @throws Problem where an embedding is zero, a value is not finite, the pair is not comparable, or the threshold is no
 * cosine.
 */
export async function explainXssab(
  network: XssabNetwork,
  pair: PairInput,
  { threshold, signal }: XssabOptions,
): Promise<PairExplanation> {
  const start = performance.now();
  checkPair(pair, threshold);
  signal?.throwIfAborted();
  const { a, b } = await network.run(pair, threshold);
  const { cosine } = similarityArguments(a.embedding, b.embedding, threshold);
  checkGradients(network.model, [a, b]);
  const { card, sha256 } = network.model;
  const maps = ({ positive, negative }: ExplainedSide, { shape }: Tensor) =>
    mapsOf(positive, negative, shape, card.input.layout);
  return {
    cosine,
    threshold,
    decision: decide(cosine, threshold),
    a: maps(a, pair.a),
    b: maps(b, pair.b),
    provenance: {
      method: 'xssab',
      parameters: { threshold },
      target: 'cosine similarity of the pair',
      targetValue: cosine,
      seed: null,
      model: { name: card.name, sha256 },
      preprocessing: card.input,
      forwardPasses: 2,
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
  const size = elementCount(image.shape);
  const [positive, negative] = [0, 1].map((row) => data.subarray(row * size, (row + 1) * size));
  return mapsOf(positive, negative, image.shape, network.model.card.input.layout);
}

/** @param positive a gradient in the network's layout, as `negative` is. */
function mapsOf(
  positive: Float32Array,
  negative: Float32Array,
  shape: readonly number[],
  layout: CardInput['layout'],
): PairMaps {
  const { width, height } = inputSize(shape, layout);
  const [forMatch, against] = [positive, negative].map((each) => channelsLast(each, shape, layout));
  const [forMean, againstMean] = [forMatch, against].map(channelMean);
  const combined = new Float32Array(forMean.length);
  for (let pixel = 0; pixel < combined.length; pixel++) combined[pixel] = forMean[pixel] - againstMean[pixel];
  return {
    width,
    height,
    positive: forMean,
    negative: againstMean,
    combined,
    gradients: { positive: forMatch, negative: against },
  };
}
