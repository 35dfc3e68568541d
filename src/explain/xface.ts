import { gaussianBlurMap } from '../image/gaussian-blur.js';
import type { OpenCv } from '../image/opencv.js';
import type { Model } from '../model/model.js';
import { coverMean } from '../perturb/occlusion/cover-mean.js';
import { fillRuns, footprintRuns, type Runs } from '../perturb/occlusion/footprint-runs.js';
import { slidingWindows } from '../perturb/occlusion/sliding-windows.js';
import type { Tensor } from '../tensor/tensor.js';
import { embeddingOf, type IsShown, maskedDirections, maskedSimilarities } from './masked-similarities.js';
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

/**
 * What hides the other image, when a square hides this one: every square of that size in turn, with the mean of the distances;
 * nothing; or the same square. These are the paper's methods 1, 2 and 3.
 */
export const xFaceDistances = ['every-mask', 'no-mask', 'same-mask'] as const;

export type XFaceDistance = (typeof xFaceDistances)[number];

export interface XFaceOptions extends ScoringOptions {
  /** Cosine from which two faces match, where one is known. */
  readonly threshold?: number | null | undefined;
  /** Sides of the squares in pixels of the network's input. @default [7, 14, 28] */
  readonly patchSizes?: readonly number[] | undefined;
  /** Step of the squares. @default 5 */
  readonly stride?: number | undefined;
  /** @default 'no-mask' */
  readonly distance?: XFaceDistance | undefined;
}

/**
 * xFace (Knoche et al., "Explainable model-agnostic similarity and confidence in face verification", WACV workshops 2023,
 * arXiv 2211.13735): hide squares of one image, and compare with the other image (see `xFaceDistances`). A pixel has the
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
  const { threshold = null, patchSizes = [7, 14, 28], stride = 5, distance = 'no-mask' } = options;
  checkPair(pair, threshold);
  const { card, sha256 } = model;
  const [a, b] = [await embeddingOf(model, pair.a), await embeddingOf(model, pair.b)];
  const cosine = bindTarget({ kind: 'similarity', reference: b }, card).value(a, a);
  const squares = squaresOf(cv, model, pair.a, patchSizes, stride);
  const maps =
    distance === 'no-mask'
      ? {
          a: await xFaceMaps(cv, model, pair.a, b, cosine, options),
          b: await xFaceMaps(cv, model, pair.b, a, cosine, options),
        }
      : await mapsOfBothHidden(cv, model, pair, squares, cosine, distance, options);
  return {
    cosine,
    threshold,
    decision: decide(cosine, threshold),
    ...maps,
    provenance: {
      method: 'xface',
      parameters: { threshold, patchSizes, stride, distance, blur: { kernel: 5, sigma: 5 } },
      target: 'cosine similarity of the pair',
      targetValue: cosine,
      seed: null,
      model: { name: card.name, sha256 },
      preprocessing: card.input,
      forwardPasses: 2 * squares.count + 2,
      backwardPasses: 0,
      milliseconds: performance.now() - start,
    },
  };
}

/**
 * The maps of one image of a pair, for studies that need no others; the other image is never hidden.
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
  { patchSizes = [7, 14, 28], stride = 5, ...scoring }: Omit<XFaceOptions, 'distance'> = {},
): Promise<PairMaps> {
  const squares = squaresOf(cv, model, image, patchSizes, stride);
  const { count, isShown } = squares;
  return mapsOf(
    cv,
    squares,
    cosine,
    await maskedSimilarities(model, image, reference, count, isShown, scoring),
  );
}

async function mapsOfBothHidden(
  cv: OpenCv,
  model: Model,
  pair: PairInput,
  squares: Squares,
  cosine: number,
  distance: Exclude<XFaceDistance, 'no-mask'>,
  scoring: ScoringOptions,
): Promise<{ a: PairMaps; b: PairMaps }> {
  const directions = (image: Tensor) =>
    maskedDirections(model, image, squares.count, squares.isShown, scoring);
  const [a, b] = [await directions(pair.a), await directions(pair.b)];
  const [withA, withB] = [a, b].map((each) => (distance === 'same-mask' ? each : meansBySize(each, squares)));
  return {
    a: mapsOf(cv, squares, cosine, rowProducts(a, withB)),
    b: mapsOf(cv, squares, cosine, rowProducts(b, withA)),
  };
}

/** Every row as the mean of the rows of its size: a mean of cosines with unit vectors is the product with their mean. */
function meansBySize({ data, shape }: Tensor, { sizes }: Squares): Tensor {
  const length = shape[1];
  const means = new Float32Array(data.length);
  let first = 0;
  for (const { length: rows } of sizes) {
    const mean = new Float64Array(length);
    for (let at = first * length; at < (first + rows) * length; at++) mean[at % length] += data[at] / rows;
    for (let row = first; row < first + rows; row++) means.set(mean, row * length);
    first += rows;
  }
  return { data: means, shape };
}

function rowProducts(x: Tensor, y: Tensor): Float64Array {
  const [rows, length] = x.shape;
  const products = new Float64Array(rows);
  for (let at = 0; at < x.data.length; at++) products[Math.floor(at / length)] += x.data[at] * y.data[at];
  return products;
}

/** @param similarities one a square, size by size. */
function mapsOf(
  cv: OpenCv,
  { sizes, width, height }: Squares,
  cosine: number,
  similarities: ArrayLike<number>,
): PairMaps {
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

/** The squares that hide an image, one after the other. */
interface Squares {
  readonly width: number;
  readonly height: number;
  /** The squares of each size. */
  readonly sizes: readonly (readonly Runs[])[];
  readonly count: number;
  readonly isShown: IsShown;
}

/** @throws Problem where a square is larger than the image */
function squaresOf(
  cv: OpenCv,
  model: Model,
  { shape }: Tensor,
  patchSizes: readonly number[],
  stride: number,
): Squares {
  const { width, height } = inputSize(shape, model.card.input.layout);
  const step = { width: stride, height: stride };
  const sizes = patchSizes.map((side) =>
    slidingWindows(width, height, { width: side, height: side }, step).map(({ footprint }) =>
      footprintRuns(cv, footprint, width, height),
    ),
  );
  const hidden = sizes.flat().map((runs) => {
    const mask = new Uint8Array(width * height);
    fillRuns(mask, width, runs, 1);
    return mask;
  });
  const isShown = (mask: number, pixel: number) => hidden[mask][pixel] === 0;
  return { width, height, sizes, count: hidden.length, isShown };
}

function areaOf(runs: ArrayLike<number>): number {
  let area = 0;
  for (let i = 0; i < runs.length; i += 3) area += runs[i + 2] - runs[i + 1];
  return area;
}
