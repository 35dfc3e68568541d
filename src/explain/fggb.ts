import type { OpenCv } from '../image/opencv.js';
import { gaussianBlurMap } from '../image/gaussian-blur.js';
import { elementCount, type Tensor } from '../tensor/tensor.js';
import { type Differentiable, seedsOfOnePass } from './differentiable.js';
import { inputSize } from './network-input.js';
import {
  checkPair,
  decide,
  type PairExplanation,
  type PairInput,
  type PairMaps,
} from './pair-explanation.js';
import { embeddingGradient } from './xssab/embedding-gradient.js';
import { similarityArguments } from './xssab/similarity-arguments.js';

export interface FggbOptions {
  /** Cosine from which two faces match, in [-1, 1]. */
  readonly threshold: number;
  /** Values of the embedding that go backward together. @default 16 */
  readonly batchSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after every batch with the number of gradients that are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * FGGB, feature-guided gradient backpropagation (Lu, Xu and Ebrahimi, arXiv 2403.04549): the gradient of each of the D values
 * of the normalised embedding by itself, mean over the channels of absolute values, divided by its Euclidean length; then
 * their sum, weighed with what each adds to the cosine beyond what a match takes on average, a_k b_k - threshold / D. The
 * sum is blurred (Gaussian, 25 x 25, standard deviation 5) once it is split into its positive and its negative side.
 *
 * A value of the embedding whose gradient is zero everywhere adds nothing.
 *
 * @param network differentiated at its embedding.
 * @throws Problem where an embedding is zero, a value is not finite, the pair is not comparable, or the threshold is no
 * cosine.
 */
export async function explainFggb(
  cv: OpenCv,
  network: Differentiable,
  pair: PairInput,
  options: FggbOptions,
): Promise<PairExplanation> {
  const start = performance.now();
  const { threshold, batchSize = 16 } = options;
  checkPair(pair, threshold);
  const [a, b] = [...(await network.forward(pair.a)), ...(await network.forward(pair.b))];
  const { cosine } = similarityArguments(a, b, threshold);
  const { card, sha256 } = network.model;
  const batches = Array.from({ length: Math.ceil(a.length / batchSize) }, (_, at) =>
    Math.min(batchSize, a.length - at * batchSize),
  );
  const passes = batches.reduce((sum, seeds) => sum + Math.ceil(seeds / seedsOfOnePass), 0);
  const maps = {
    a: await fggbMaps(cv, network, pair.a, a, b, options, 0),
    b: await fggbMaps(cv, network, pair.b, b, a, options, a.length),
  };
  return {
    cosine,
    threshold,
    decision: decide(cosine, threshold),
    ...maps,
    provenance: {
      method: 'fggb',
      parameters: { threshold, blur: { kernel: 25, sigma: 5 } },
      target: 'cosine similarity of the pair',
      targetValue: cosine,
      seed: null,
      model: { name: card.name, sha256 },
      preprocessing: card.input,
      forwardPasses: 2 + 2 * passes,
      backwardPasses: 2 * a.length,
      milliseconds: performance.now() - start,
    },
  };
}

/**
 * The maps of one image of a pair, for studies that need no others.
 *
 * @param explained the embedding of `image`, as `network.forward` gives it.
 * @param reference the embedding of the other image.
 * @param done gradients of the pair that were done before, for `onProgress`.
 * @throws Problem as `explainFggb`.
 */
export async function fggbMaps(
  cv: OpenCv,
  network: Differentiable,
  image: Tensor,
  explained: Float32Array,
  reference: Float32Array,
  { threshold, batchSize = 16, signal, onProgress }: FggbOptions,
  done = 0,
): Promise<PairMaps> {
  const { layout } = network.model.card.input;
  const { width, height, channels } = inputSize(image.shape, layout);
  const pixels = width * height;
  const size = elementCount(image.shape);
  const count = explained.length;
  const weights = termWeights(explained, reference, threshold);
  const sum = new Float64Array(pixels);
  const own = new Float64Array(pixels);
  for (let first = 0; first < count; first += batchSize) {
    signal?.throwIfAborted();
    const length = Math.min(batchSize, count - first);
    const seeds = Array.from({ length }, (_, row) => {
      const unit = new Float64Array(count);
      unit[first + row] = 1;
      return embeddingGradient(explained, unit);
    });
    const { data } = await network.backward(image, seeds);
    for (let row = 0; row < length; row++) {
      own.fill(0);
      for (let at = 0; at < size; at++) {
        const pixel = layout === 'NCHW' ? at % pixels : Math.floor(at / channels);
        own[pixel] += Math.abs(data[row * size + at]) / channels;
      }
      const norm = Math.sqrt(own.reduce((squares, value) => squares + value * value, 0));
      if (norm === 0) continue;
      const weight = weights[first + row] / norm;
      for (let pixel = 0; pixel < pixels; pixel++) sum[pixel] += weight * own[pixel];
    }
    onProgress?.(done + first + length, 2 * count);
  }
  const blurred = (sign: 1 | -1) =>
    gaussianBlurMap(
      cv,
      { data: Float32Array.from(sum, (value) => Math.max(0, sign * value)), shape: [height, width] },
      5,
      25,
    ).data;
  const [positive, negative] = [blurred(1), blurred(-1)];
  return {
    width,
    height,
    positive,
    negative,
    combined: positive.map((value, pixel) => value - negative[pixel]),
  };
}

/** a_k b_k - threshold / D of the normalised embeddings. */
function termWeights(a: Float32Array, b: Float32Array, threshold: number): Float64Array {
  const [lengthA, lengthB] = [a, b].map((vector) => Math.hypot(...vector));
  return Float64Array.from(a, (value, k) => (value / lengthA) * (b[k] / lengthB) - threshold / a.length);
}
