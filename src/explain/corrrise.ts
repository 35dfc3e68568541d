import { ranks } from '../measure/agreement/ranks.js';
import type { Model } from '../model/model.js';
import { Problem } from '../problem.js';
import { RandomState } from '../tensor/random.js';
import type { Tensor } from '../tensor/tensor.js';
import { embeddingOf, maskedSimilarities } from './masked-similarities.js';
import { inputSize } from './network-input.js';
import {
  checkPair,
  decide,
  mapsOfSigned,
  type PairExplanation,
  type PairInput,
  type PairMaps,
} from './pair-explanation.js';
import type { ScoringOptions } from './score-rows.js';
import { bindTarget } from './target.js';

export interface CorrRiseOptions extends ScoringOptions {
  /** Cosine from which two faces match, where one is known. */
  readonly threshold?: number | null | undefined;
  /** @default 500 */
  readonly masks?: number | undefined;
  /** Squares that each mask hides. @default 3 */
  readonly patches?: number | undefined;
  /** Side of a square in pixels of the network's input. @default 30 */
  readonly patchSize?: number | undefined;
  /** @default 0 */
  readonly seed?: number | undefined;
}

/**
 * CorrRISE (Lu, Xu and Ebrahimi, arXiv 2305.08546): hide random squares in one image, and give each pixel the rank
 * correlation (Spearman) between its being shown and the similarity to the other image. In -1..1; pixels that are hidden
 * in every mask or in none are 0, and so is a map whose similarities are all alike.
 *
 * Masks are drawn from NumPy's `RandomState(seed)`, mask after mask and square after square: first
 * `randint(0, width - patchSize + 1)`, then `randint(0, height - patchSize + 1)`. Both images get the same masks. Hidden
 * pixels are black before preprocessing.
 *
 * @throws Problem where the squares do not fit the image, the pair is not comparable, an embedding is zero, or a value is
 * not finite.
 */
export async function explainCorrRise(
  model: Model,
  pair: PairInput,
  options: CorrRiseOptions = {},
): Promise<PairExplanation> {
  const start = performance.now();
  const { threshold = null, masks = 500, patches = 3, patchSize = 30, seed = 0 } = options;
  checkPair(pair, threshold);
  const { card, sha256 } = model;
  const [a, b] = [await embeddingOf(model, pair.a), await embeddingOf(model, pair.b)];
  const cosine = bindTarget({ kind: 'similarity', reference: b }, card).value(a, a);
  return {
    cosine,
    threshold,
    decision: decide(cosine, threshold),
    a: await corrRiseMaps(model, pair.a, b, options),
    b: await corrRiseMaps(model, pair.b, a, options),
    provenance: {
      method: 'corrrise',
      parameters: { threshold, masks, patches, patchSize },
      target: 'cosine similarity of the pair',
      targetValue: cosine,
      seed,
      model: { name: card.name, sha256 },
      preprocessing: card.input,
      forwardPasses: 2 * masks + 2,
      backwardPasses: 0,
      milliseconds: performance.now() - start,
    },
  };
}

/**
 * The maps of one image of a pair, for studies that need no others.
 *
 * @param reference the embedding of the other image.
 * @throws Problem as `explainCorrRise`.
 */
export async function corrRiseMaps(
  model: Model,
  image: Tensor,
  reference: Float32Array,
  { masks = 500, patches = 3, patchSize = 30, seed = 0, ...scoring }: CorrRiseOptions = {},
): Promise<PairMaps> {
  const { width, height } = inputSize(image.shape, model.card.input.layout);
  if (patchSize < 1 || patchSize > Math.min(width, height)) {
    throw new Problem(
      `squares of ${patchSize} pixels`,
      `do not fit into the network's input of ${width} x ${height}`,
      'make them smaller',
    );
  }
  const random = new RandomState(seed);
  const shown = Array.from({ length: masks }, () => randomMask(random, width, height, patches, patchSize));
  const isShown = (mask: number, pixel: number) => shown[mask][pixel] === 1;
  const scores = await maskedSimilarities(model, image, reference, masks, isShown, scoring);
  return mapsOfSigned(rankCorrelation(shown, scores), width, height);
}

/** 1 where a pixel is shown, 0 where it is hidden. */
function randomMask(
  random: RandomState,
  width: number,
  height: number,
  patches: number,
  side: number,
): Uint8Array {
  const mask = new Uint8Array(width * height).fill(1);
  for (let patch = 0; patch < patches; patch++) {
    const x = random.integer(0, width - side + 1);
    const y = random.integer(0, height - side + 1);
    for (let row = y; row < y + side; row++) mask.fill(0, row * width + x, row * width + x + side);
  }
  return mask;
}

/** Spearman's correlation of each pixel's indicator with the scores: Pearson's of their ranks, ties shared. */
function rankCorrelation(shown: readonly Uint8Array[], scores: Float64Array): Float32Array {
  const places = ranks(scores);
  const n = places.length;
  const mean = (n - 1) / 2;
  const spread = places.reduce((sum, place) => sum + (place - mean) ** 2, 0);
  const map = new Float32Array(shown[0].length);
  for (let pixel = 0; pixel < map.length; pixel++) {
    let [count, covariance] = [0, 0];
    for (let mask = 0; mask < n; mask++) {
      if (shown[mask][pixel] === 0) continue;
      count++;
      covariance += places[mask] - mean;
    }
    const ownSpread = (count * (n - count)) / n;
    map[pixel] = ownSpread === 0 || spread === 0 ? 0 : covariance / Math.sqrt(ownSpread * spread);
  }
  return map;
}
