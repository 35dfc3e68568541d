import { gaussianBlurMap } from '../image/gaussian-blur.js';
import type { OpenCv } from '../image/opencv.js';
import type { Model } from '../model/model.js';
import { coverMean } from '../perturb/occlusion/cover-mean.js';
import { fillRuns, footprintRuns, type Runs } from '../perturb/occlusion/footprint-runs.js';
import { slidingWindows } from '../perturb/occlusion/sliding-windows.js';
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

export interface XFaceOptions extends ScoringOptions {
  /** Cosine from which two faces match, where one is known. */
  readonly threshold?: number | null | undefined;
  /** Sides of the squares in pixels of the network's input. @default [7, 14, 28] */
  readonly patchSizes?: readonly number[] | undefined;
  /** Step of the squares. @default 5 */
  readonly stride?: number | undefined;
}

/**
 * xFace (Knoche et al., "Explainable model-agnostic similarity and confidence in face verification", WACV workshops 2023,
 * arXiv 2211.13735), its second method: hide squares of one image, and compare with the other image as it is. A pixel has the
 * mean, over the squares that hide it, of how much hiding raises the cosine distance a pixel, smoothed (Gaussian, 5 x 5,
 * standard deviation 5) and averaged over the sizes. Above 0 a pixel speaks for a match.
 *
 * Unlike its code, squares reach the right and the lower border, are as large as they are said to be, and the sum is
 * divided by how often a pixel is hidden, so that pixels at the border count as much as others.
 *
 * @throws Problem where a square is larger than the image, the pair is not comparable, an embedding is zero, or a value is
 * not finite.
 */
export async function explainXFace(
  cv: OpenCv,
  model: Model,
  pair: PairInput,
  options: XFaceOptions = {},
): Promise<PairExplanation> {
  const start = performance.now();
  const { threshold = null, patchSizes = [7, 14, 28], stride = 5 } = options;
  checkPair(pair, threshold);
  const { card, sha256 } = model;
  const [a, b] = [await embeddingOf(model, pair.a), await embeddingOf(model, pair.b)];
  const cosine = bindTarget({ kind: 'similarity', reference: b }, card).value(a, a);
  const { width, height } = inputSize(pair.a.shape, card.input.layout);
  const masks = footprintsBySize(cv, width, height, patchSizes, stride).flat().length;
  return {
    cosine,
    threshold,
    decision: decide(cosine, threshold),
    a: await xFaceMaps(cv, model, pair.a, b, cosine, options),
    b: await xFaceMaps(cv, model, pair.b, a, cosine, options),
    provenance: {
      method: 'xface',
      parameters: { threshold, patchSizes, stride, blur: { kernel: 5, sigma: 5 } },
      target: 'cosine similarity of the pair',
      targetValue: cosine,
      seed: null,
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
 * @param cosine of the two images as they are.
 * @throws Problem as `explainXFace`.
 */
export async function xFaceMaps(
  cv: OpenCv,
  model: Model,
  image: Tensor,
  reference: Float32Array,
  cosine: number,
  { patchSizes = [7, 14, 28], stride = 5, ...scoring }: XFaceOptions = {},
): Promise<PairMaps> {
  const { width, height } = inputSize(image.shape, model.card.input.layout);
  const sizes = footprintsBySize(cv, width, height, patchSizes, stride);
  const hidden = sizes.flat().map((runs) => {
    const mask = new Uint8Array(width * height);
    fillRuns(mask, width, runs, 1);
    return mask;
  });
  const isShown = (mask: number, pixel: number) => hidden[mask][pixel] === 0;
  const similarities = await maskedSimilarities(model, image, reference, hidden.length, isShown, scoring);
  const combined = new Float32Array(width * height);
  let first = 0;
  for (const footprints of sizes) {
    const falls = footprints.map((each, at) => (cosine - similarities[first + at]) / areaOf(each));
    const { data } = coverMean(footprints, falls, width, height);
    const smooth = gaussianBlurMap(cv, { data, shape: [height, width] }, 5, 5).data;
    for (let pixel = 0; pixel < combined.length; pixel++) combined[pixel] += smooth[pixel] / sizes.length;
    first += footprints.length;
  }
  return mapsOfSigned(combined, width, height);
}

/** The squares of each size. @throws Problem where one is larger than the image */
function footprintsBySize(
  cv: OpenCv,
  width: number,
  height: number,
  patchSizes: readonly number[],
  stride: number,
): Runs[][] {
  return patchSizes.map((side) =>
    slidingWindows(width, height, { width: side, height: side }, { width: stride, height: stride }).map(
      ({ footprint }) => footprintRuns(cv, footprint, width, height),
    ),
  );
}

function areaOf(runs: ArrayLike<number>): number {
  let area = 0;
  for (let i = 0; i < runs.length; i += 3) area += runs[i + 2] - runs[i + 1];
  return area;
}
