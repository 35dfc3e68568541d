import { pixelOrder } from '../map/pixel-order.js';
import { curveArea } from './curve-area.js';
import {
  type Baseline,
  baselineValues,
  copyPixel,
  type ImageInput,
  scoreInBatches,
  type ScoreInputs,
} from './scored-input.js';

export interface PixelCurveOptions {
  readonly input: ImageInput;
  /** One value a pixel; the highest are removed or inserted first. */
  readonly map: Float32Array;
  readonly score: ScoreInputs;
  /** @default 0 */
  readonly baseline?: Baseline | undefined;
  /** Points of the curve after the first; `pixels` makes one for every pixel. @default 10 */
  readonly steps?: number | 'pixels' | undefined;
  /** The share of the pixels at the end of the curve, in (0, 1]. @default 1 */
  readonly maximalShare?: number | undefined;
  /** @default 16 */
  readonly batchSize?: number | undefined;
  /** Orders pixels of equal value; see `pixelOrder`. @default 3 */
  readonly seed?: number | readonly number[] | undefined;
}

/** How the score moves as more and more pixels are removed or inserted. */
export interface PixelCurve {
  /** Pixels removed or inserted at each point, from 0. */
  readonly pixels: Int32Array;
  readonly scores: Float64Array;
  /** The mean of the curve, its points equally spaced (`curveArea`). */
  readonly area: number;
}

/**
 * The deletion curve (Petsiuk et al., "RISE", BMVC 2018): the score while the pixels with the highest map values are
 * replaced by the baseline, the most important first. A lower area is better. Points and area as in Xplique 2.0.
 *
 * @throws Problem where the map holds NaN
 */
export async function deletionCurve(options: PixelCurveOptions): Promise<PixelCurve> {
  const { input, baseline = 0 } = options;
  return await pixelCurve(options, input.values, baselineValues(baseline, input));
}

/**
 * The insertion curve (Petsiuk et al., "RISE", BMVC 2018): the score while the pixels with the highest map values are
 * put into the baseline, the most important first. A higher area is better. Points and area as in Xplique 2.0.
 *
 * @throws Problem where the map holds NaN
 */
export async function insertionCurve(options: PixelCurveOptions): Promise<PixelCurve> {
  const { input, baseline = 0 } = options;
  return await pixelCurve(options, baselineValues(baseline, input), input.values);
}

async function pixelCurve(
  { input, map, score, steps = 10, maximalShare = 1, batchSize = 16, seed = 3 }: PixelCurveOptions,
  from: Float32Array,
  to: Float32Array,
): Promise<PixelCurve> {
  if (map.length !== input.width * input.height)
    throw new RangeError('The map and the input differ in size.');
  if (!(maximalShare > 0 && maximalShare <= 1))
    throw new RangeError(`A share of ${maximalShare} cannot be changed.`);
  const most = Math.floor(map.length * maximalShare);
  const points = steps === 'pixels' ? most : steps;
  const pixels = Int32Array.from({ length: points + 1 }, (_, point) => Math.floor((point * most) / points));
  const order = pixelOrder(map, 'highest', seed);

  const current = from.slice();
  let changed = 0;
  const scores = await scoreInBatches(
    pixels.length,
    current.length,
    batchSize,
    (point, into) => {
      for (; changed < pixels[point]; changed++) copyPixel(to, current, order[changed], input);
      into.set(current);
    },
    score,
  );
  return { pixels, scores, area: curveArea(scores) };
}
