import type { RasterImage } from '../../image/raster-image.js';
import type { OpenCv } from '../../image/opencv.js';
import { paintSegments, segmentAreas, type Segmentation } from '../../image/superpixels/segmentation.js';
import type { Card } from '../../model/card.js';
import type { Model } from '../../model/model.js';
import type { MaskDesignName } from '../../perturb/mask-design/mask-design.js';
import { MaskSamples } from '../../perturb/mask-design/mask-samples.js';
import { Problem } from '../../problem.js';
import { checkSegments } from '../check-segments.js';
import type { SegmentFill } from '../../perturb/segment-fill.js';
import { hiddenInput } from '../hidden-input.js';
import { type MaskableInput, segmentMasker } from '../masked-input.js';
import { inputSize, networkInput } from '../network-input.js';
import { type Provenance, type SaliencyMap, valueRange } from '../saliency-map.js';
import { outputOf, scoreRows, type ScoringOptions } from '../score-rows.js';
import { bindTarget, type BoundTarget, type Target } from '../target.js';
import { fitLime, type LimeFit, type LimeFitOptions } from './fit-lime.js';
import { limeRandom } from './lime-random.js';

export interface LimeOptions extends ScoringOptions, LimeFitOptions {
  /** Masked images, the image as it is among them; at most that many where `untilStable` is set. @default 1000 */
  readonly samples?: number | undefined;
  /** @default 'independent' */
  readonly design?: MaskDesignName | undefined;
  /** @default 0 */
  readonly seed?: number | undefined;
  /** `upstream`: a similarity is (1 + cosine) / 2 as in the published tool, so that weights are half as large. */
  readonly compat?: 'upstream' | undefined;
  /**
   * Stop at the first multiple of 128 samples, and not before 4 samples a segment, at which the largest standard error
   * of a weight is at most this share of the largest absolute weight. @default none: all samples are taken
   */
  readonly untilStable?: number | undefined;
}

export interface LimeSegment {
  readonly segment: number;
  /** Its size. */
  readonly pixels: number;
  /** What showing it adds to the target, in units of the target; null where it was not kept. */
  readonly weight: number | null;
  /** Over draws of the masks; null where there are too few samples to say, or there is no weight. */
  readonly standardError: number | null;
  /** Place in the order of importance, from 1; null where it was not kept. */
  readonly rank: number | null;
}

export interface LimeExplanation extends Pick<LimeFit, 'intercept' | 'r2' | 'localPrediction'> {
  /** The weight of the segment that each pixel belongs to; 0 where it was not kept. */
  readonly map: SaliencyMap;
  /** One a segment, by number. */
  readonly segments: readonly LimeSegment[];
  /** Samples that were taken. */
  readonly samples: number;
  /** Whether the weights settled; null where that was not asked. */
  readonly settled: boolean | null;
}

/** Samples between two looks at the standard errors. */
const step = 128;

/**
 * LIME (Ribeiro, Singh and Guestrin, KDD 2016): hide random sets of segments, and fit a linear model of the target to
 * which segments are shown. The weight of a segment is what showing it adds.
 *
 * With the design `independent` and equal segments, the masks are those of Python's lime with `random_state=seed`.
 *
 * @param image of the size that the network takes, which the segmentation must have too.
 * @param options.fill what hidden segments become. @default 'gray'
 * @throws Problem where there are fewer than two segments or too few samples for them, the sizes differ, the model has no
 * such target, or an output is NaN or infinite.
 */
export function explainLime(
  cv: OpenCv,
  model: Model,
  image: RasterImage,
  segmentation: Segmentation,
  target: Target,
  options: LimeOptions & { readonly fill?: SegmentFill | undefined } = {},
): Promise<LimeExplanation> {
  const { fill = 'gray', ...rest } = options;
  const { input } = model.card;
  return explain(
    model,
    {
      image: networkInput(cv, input, image),
      hidden: hiddenInput(cv, input, image, fill, segmentation),
    },
    segmentation,
    target,
    rest,
    { parameters: { fill }, preprocessing: input },
  );
}

/** LIME on an input that is already preprocessed, and what it becomes where it is hidden; see `explainLime`. */
export function explainLimeOfInput(
  model: Model,
  input: MaskableInput,
  segmentation: Segmentation,
  target: Target,
  options: LimeOptions = {},
): Promise<LimeExplanation> {
  return explain(model, input, segmentation, target, options, { parameters: {}, preprocessing: null });
}

async function explain(
  model: Model,
  input: MaskableInput,
  segmentation: Segmentation,
  target: Target,
  options: LimeOptions,
  record: Pick<Provenance, 'parameters' | 'preprocessing'>,
): Promise<LimeExplanation> {
  const start = performance.now();
  const { samples = 1000, design = 'independent', seed = 0, untilStable, onProgress, ...scoring } = options;
  const { kernelWidth = 0.25, ridge = 1, features, compat } = options;
  const { card, sha256 } = model;
  checkSegments(segmentation, inputSize(input.image.shape, card.input.layout));
  checkSamples(samples, segmentation.count);

  const { width, height, labels, count } = segmentation;
  const shape = input.image.shape.slice(1);
  const bound =
    compat === 'upstream' ? halvedSimilarity(target, card) : bindTarget(target, card, model.activations);
  const original = await outputOf(model, shape, (into) => into.set(input.image.data), bound.output);
  const write = segmentMasker(input, card.input.layout, labels);
  const drawn = new MaskSamples(limeRandom(seed).random, design, count);
  let values = Float64Array.of(bound.value(original, original));

  /** Takes samples up to a number of them. */
  async function take(total: number): Promise<LimeFit> {
    const masks = drawn.first(total);
    const taken = values.length;
    const scores = await scoreRows(
      model,
      shape,
      total - taken,
      (row, into) => write(masks.subarray((taken + row) * count, (taken + row + 1) * count), into),
      bound.output,
      (output) => bound.value(output, original),
      { ...scoring, onProgress: (done) => onProgress?.(taken + done, samples) },
    );
    const all = new Float64Array(total);
    all.set(values);
    all.set(scores, taken);
    values = all;
    return fitLime(
      { masks, segments: count, values, cluster: drawn.cluster },
      { kernelWidth, ridge, features },
    );
  }

  let fit: LimeFit;
  let settled: boolean | null = null;
  if (untilStable === undefined) {
    fit = await take(samples);
  } else {
    let total = Math.min(samples, step * Math.ceil((4 * count) / step));
    fit = await take(total);
    while (!(settled = isSettled(fit, untilStable)) && total < samples) {
      total = Math.min(samples, total + step);
      fit = await take(total);
    }
  }

  const data = paintSegments(
    segmentation,
    fit.weights.map((weight) => (Number.isNaN(weight) ? 0 : weight)),
  );
  const areas = segmentAreas(segmentation);
  return {
    map: {
      width,
      height,
      data,
      provenance: {
        method: 'lime',
        parameters: {
          samples,
          design,
          untilStable: untilStable ?? null,
          kernelWidth,
          ridge,
          features: features ?? count,
          ...(compat === undefined ? {} : { compat }),
          ...record.parameters,
        },
        target: bound.name,
        targetValue: values[0],
        seed,
        model: { name: card.name, sha256 },
        preprocessing: record.preprocessing,
        forwardPasses: values.length,
        backwardPasses: 0,
        milliseconds: performance.now() - start,
        range: valueRange(data),
      },
    },
    segments: Array.from(areas, (pixels, segment) => ({
      segment,
      pixels,
      weight: known(fit.weights[segment]),
      standardError: known(fit.standardErrors?.[segment]),
      rank: fit.order.includes(segment) ? fit.order.indexOf(segment) + 1 : null,
    })),
    intercept: fit.intercept,
    r2: fit.r2,
    localPrediction: fit.localPrediction,
    samples: values.length,
    settled,
  };
}

/** A similarity as the published tool has it, in 0..1. */
function halvedSimilarity(target: Target, card: Card): BoundTarget {
  if (target.kind !== 'self-similarity' && target.kind !== 'similarity') {
    throw new Problem('--compat upstream', 'is about similarities', 'leave it out for other targets');
  }
  const bound = bindTarget(target, card);
  return {
    ...bound,
    name: `(1 + ${bound.name}) / 2`,
    value: (values, original) => (1 + bound.value(values, original)) / 2,
    gradient: (values, original) => bound.gradient(values, original).map((value) => value / 2),
  };
}

function isSettled({ weights, standardErrors }: LimeFit, share: number): boolean {
  if (standardErrors === null) return false;
  const largest = (values: Float64Array) =>
    values.reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, Math.abs(value))), 0);
  return largest(standardErrors) <= share * largest(weights);
}

/** NaN stands for "none". */
function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

function checkSamples(samples: number, segments: number): void {
  const least = segments + 2;
  if (samples >= least) return;
  throw new Problem(
    `samples ${samples}`,
    `are too few to weigh ${segments} segments`,
    `take at least ${least}, better 1000`,
  );
}
