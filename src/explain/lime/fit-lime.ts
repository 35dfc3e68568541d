import { ridgeStandardErrors } from '../../tensor/ridge-standard-errors.js';
import { weightedRidge } from '../../tensor/weighted-ridge.js';
import { sampleWeight } from './sample-weight.js';

/** Samples of a target: `values[i]` where the segments of mask i are shown. */
export interface LimeSamples {
  /** `values.length` masks of `segments` bytes, 1 = shown; the first shows everything. */
  readonly masks: Uint8Array;
  readonly segments: number;
  readonly values: Float64Array;
  /** Masks after the first, this many in a row, are one draw. */
  readonly cluster: number;
}

export interface LimeFitOptions {
  /** Width of the kernel over cosine distances. @default 0.25 */
  readonly kernelWidth?: number | undefined;
  /** Strength of the ridge. @default 1 */
  readonly ridge?: number | undefined;
  /** How many segments keep a weight. @default all */
  readonly features?: number | undefined;
}

/** A linear model of the target: intercept + sum of the weights of the segments that are shown. */
export interface LimeFit {
  readonly intercept: number;
  /** One a segment; NaN for one that was not kept. */
  readonly weights: Float64Array;
  /** Standard errors of the weights over draws of the masks; null where there are too few samples to say. */
  readonly standardErrors: Float64Array | null;
  /** The segments that were kept, that with the largest weight in a first, weaker ridge first. */
  readonly order: readonly number[];
  /** Share of the weighted variance of the target that the linear model explains; null where the target never moves. */
  readonly r2: number | null;
  /** What the linear model says of the whole image. */
  readonly localPrediction: number;
}

/** Ridge of the first regression, which only puts the segments in order. */
const selectionRidge = 0.01;

/**
 * LIME's regression as in Python's lime: samples weigh more the more they show, segments are ordered and kept by their
 * weight in a first ridge regression of strength 0.01 (`highest_weights`), and the kept ones get their weight in a second.
 */
export function fitLime(samples: LimeSamples, options: LimeFitOptions = {}): LimeFit {
  const { masks, segments, values, cluster } = samples;
  const { kernelWidth = 0.25, ridge = 1, features = segments } = options;
  const byShown = Float64Array.from({ length: segments + 1 }, (_, shown) =>
    sampleWeight(shown, segments, kernelWidth),
  );
  const weights = Float64Array.from({ length: values.length }, (_, sample) => {
    let shown = 0;
    for (let at = sample * segments; at < (sample + 1) * segments; at++) shown += masks[at];
    return byShown[shown];
  });
  const all = { features: masks, columns: segments, values, weights };
  // All segments are shown in the whole image, whose mask the weights are multiplied with.
  const first = weightedRidge(all, selectionRidge).coefficients.map(Math.abs);
  const order = [...first.keys()].sort((a, b) => first[b] - first[a]).slice(0, features);

  const kept = order.toSorted((a, b) => a - b);
  const columns = kept.length;
  const observations =
    columns === segments
      ? all
      : {
          ...all,
          columns,
          features: Uint8Array.from(
            { length: values.length * columns },
            (_, at) => masks[Math.floor(at / columns) * segments + kept[at % columns]],
          ),
        };
  const fit = weightedRidge(observations, ridge);
  const errors = ridgeStandardErrors(
    observations,
    fit,
    (sample) => (sample === 0 ? undefined : Math.floor((sample - 1) / cluster)),
    Math.ceil((values.length - 1) / cluster),
  );
  const perSegment = (perColumn: Float64Array) => {
    const spread = new Float64Array(segments).fill(NaN);
    kept.forEach((segment, column) => (spread[segment] = perColumn[column]));
    return spread;
  };
  return {
    intercept: fit.intercept,
    weights: perSegment(fit.coefficients),
    standardErrors: errors === null ? null : perSegment(errors),
    order,
    r2: fit.r2,
    localPrediction: fit.intercept + fit.coefficients.reduce((sum, weight) => sum + weight, 0),
  };
}
