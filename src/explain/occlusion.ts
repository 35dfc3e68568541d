import type { Point } from '../image/geometry.js';
import type { OpenCv } from '../image/opencv.js';
import { blankImage, type RasterImage } from '../image/raster-image.js';
import type { Model } from '../model/model.js';
import { inputLength, inputShape, writeInput } from '../model/write-input.js';
import { coverMean } from '../perturb/occlusion/cover-mean.js';
import { type Fill, paintFor } from '../perturb/occlusion/fill.js';
import { footprintRuns, type Runs } from '../perturb/occlusion/footprint-runs.js';
import { occlude } from '../perturb/occlusion/occlude.js';
import { type OcclusionPlan, planOcclusions } from '../perturb/occlusion/occlusion-plan.js';
import type { Tensor } from '../tensor/tensor.js';
import { type Provenance, type SaliencyMap, valueRange } from './saliency-map.js';
import { outputOf, scoreRows, type ScoringOptions } from './score-rows.js';
import { bindTarget, type Target } from './target.js';

export interface OcclusionOptions extends ScoringOptions {
  /** What is hidden, one after the other. */
  readonly plan: OcclusionPlan;
}

/** What hiding one place does. */
export interface OcclusionEffect {
  readonly name: string;
  /** The target while the place is hidden. */
  readonly occluded: number;
  /** The target on the image as it is minus `occluded`. Above 0, the place speaks for the target. */
  readonly effect: number;
}

export interface OcclusionExplanation {
  /** Mean effect of the occlusions that cover each pixel. */
  readonly map: SaliencyMap;
  /** In the order of the plan. */
  readonly effects: readonly OcclusionEffect[];
  /** Regions of the plan that have no pixel in this image. */
  readonly empty: readonly string[];
}

/** The input of a model as a tensor whose pixels can be replaced. */
interface OccludableInput {
  readonly width: number;
  readonly height: number;
  /** Shape without the batch axis. */
  readonly shape: readonly number[];
  /** Writes the input as it is. */
  writeOriginal(into: Float32Array): void;
  /** Writes the input with the pixels of the runs replaced. */
  writeOccluded(runs: Runs, into: Float32Array): void;
}

export interface PhotographOcclusionOptions extends OcclusionOptions {
  /** @default 'black' */
  readonly fill?: Fill | undefined;
  /**
   * Where places are hidden and which size the map has. `image`: in the image, which is then resized to what the model
   * takes, as if occluded images had been written and scored. `model`: in the resized image; the image is resized only
   * once, which is faster where it is large. Landmarks of the plan are in pixels of the image in both cases.
   * @default 'image'
   */
  readonly resolution?: 'image' | 'model' | undefined;
}

/**
 * Occlusion (Zeiler and Fergus, ECCV 2014): hide one place after the other, and give each pixel the mean of the effects
 * f(x) - f(occluded) of the occlusions that cover it.
 *
 * @param image what the card's preprocessing takes: cropped as the card says, of any size.
 * @throws Problem where the plan does not fit the image, the model has no such target, or an output is NaN or infinite.
 */
export async function explainOcclusion(
  cv: OpenCv,
  model: Model,
  image: RasterImage,
  target: Target,
  options: PhotographOcclusionOptions,
): Promise<OcclusionExplanation> {
  const start = performance.now();
  const { fill = 'black', resolution = 'image' } = options;
  const { input } = model.card;
  const { width, height } = image;
  const modelWidth = input.width ?? width;
  const modelHeight = input.height ?? height;
  const record = { start, parameters: { fill, resolution }, preprocessing: input };
  const paint = paintFor(cv, image, fill);
  const [, ...shape] = inputShape(input, 1, image);

  if (resolution === 'image' && (modelWidth !== width || modelHeight !== height)) {
    const occluded = blankImage(width, height, image.channels);
    const occludable: OccludableInput = {
      width,
      height,
      shape,
      writeOriginal: (into) => writeInput(cv, input, image, into, 0),
      writeOccluded: (runs, into) => writeInput(cv, input, occlude(image, runs, paint, occluded), into, 0),
    };
    return explain(cv, model, occludable, target, options, record);
  }

  // Preprocessing treats every pixel of an image of the model's size by itself, so hidden pixels can be taken from the
  // preprocessed paint.
  const preprocessed = (pixels: RasterImage) => {
    const into = new Float32Array(inputLength(input, image));
    writeInput(cv, input, pixels, into, 0);
    return into;
  };
  const everything = Int32Array.from({ length: 3 * height }, (_, i) => [Math.floor(i / 3), 0, width][i % 3]);
  const hidden = preprocessed(occlude(image, everything, paint));
  const { layout } = input;
  const occludable = replaceableInput(preprocessed(image), hidden, modelWidth, modelHeight, shape, layout);
  const plan = resizePlan(options.plan, modelWidth / width, modelHeight / height);
  return explain(cv, model, occludable, target, { ...options, plan }, record);
}

/** The landmarks of a plan in an image that is resized by these factors; whole numbers name pixel centres. */
function resizePlan(plan: OcclusionPlan, x: number, y: number): OcclusionPlan {
  if (plan.kind !== 'regions' || (x === 1 && y === 1)) return plan;
  const landmarks = plan.landmarks.map((point): Point => [
    (point[0] + 0.5) * x - 0.5,
    (point[1] + 0.5) * y - 0.5,
  ]);
  return { ...plan, landmarks };
}

/**
 * Occlusion on an input that is already preprocessed: hidden elements become the baseline.
 *
 * @param input of shape [1, channels, height, width] or [1, height, width, channels], as the card's layout says.
 * @param baseline in the network's units: one value, or one a channel.
 */
export async function explainOcclusionOfInput(
  cv: OpenCv,
  model: Model,
  input: Tensor,
  target: Target,
  options: OcclusionOptions & { readonly baseline: number | readonly number[] },
): Promise<OcclusionExplanation> {
  const start = performance.now();
  const { layout } = model.card.input;
  const [height, width, channels] =
    layout === 'NCHW' ? [input.shape[2], input.shape[3], input.shape[1]] : input.shape.slice(1);
  const value = (channel: number) =>
    typeof options.baseline === 'number' ? options.baseline : options.baseline[channel];
  const hidden = input.data.map((_, at) =>
    value(layout === 'NCHW' ? Math.floor(at / (width * height)) : at % channels),
  );
  const occludable = replaceableInput(input.data, hidden, width, height, input.shape.slice(1), layout);
  const parameters = { baseline: options.baseline };
  return explain(cv, model, occludable, target, options, { start, parameters, preprocessing: null });
}

/** An input whose hidden elements are taken from a second tensor of the same shape. */
function replaceableInput(
  original: Float32Array,
  hidden: Float32Array,
  width: number,
  height: number,
  shape: readonly number[],
  layout: 'NCHW' | 'NHWC',
): OccludableInput {
  const planes = layout === 'NCHW' ? original.length / (width * height) : 1;
  const step = layout === 'NCHW' ? 1 : original.length / (width * height);
  return {
    width,
    height,
    shape,
    writeOriginal: (into) => into.set(original),
    writeOccluded(runs, into) {
      into.set(original);
      for (let plane = 0; plane < planes; plane++) {
        for (let i = 0; i < runs.length; i += 3) {
          const row = plane * width * height + runs[i] * width;
          const from = (row + runs[i + 1]) * step;
          into.set(hidden.subarray(from, (row + runs[i + 2]) * step), from);
        }
      }
    },
  };
}

async function explain(
  cv: OpenCv,
  model: Model,
  input: OccludableInput,
  target: Target,
  options: OcclusionOptions,
  record: Pick<Provenance, 'parameters' | 'preprocessing'> & { readonly start: number },
): Promise<OcclusionExplanation> {
  const { width, height, shape } = input;
  const { plan, onProgress } = options;
  const { occlusions, empty } = planOcclusions(plan, width, height);
  const footprints = occlusions.map(({ footprint }) => footprintRuns(cv, footprint, width, height));
  const total = occlusions.length + 1;

  const { card, sha256 } = model;
  const bound = bindTarget(target, card, model.activations);
  const original = await outputOf(model, shape, (into) => input.writeOriginal(into), bound.output);
  const regular = bound.value(original, original);
  onProgress?.(1, total);

  const scores = await scoreRows(
    model,
    shape,
    occlusions.length,
    (index, into) => input.writeOccluded(footprints[index], into),
    bound.output,
    (values) => bound.value(values, original),
    { ...options, onProgress: (done) => onProgress?.(done + 1, total) },
  );
  const effects = scores.map((score) => regular - score);
  const { data, cover } = coverMean(footprints, effects, width, height);
  return {
    map: {
      width,
      height,
      data,
      cover,
      provenance: {
        method: 'occlusion',
        parameters: { plan, ...record.parameters },
        target: bound.name,
        targetValue: regular,
        seed: null,
        model: { name: card.name, sha256 },
        preprocessing: record.preprocessing,
        forwardPasses: total,
        backwardPasses: 0,
        milliseconds: performance.now() - record.start,
        range: valueRange(data),
      },
    },
    effects: occlusions.map(({ name }, at) => ({ name, occluded: scores[at], effect: effects[at] })),
    empty,
  };
}
