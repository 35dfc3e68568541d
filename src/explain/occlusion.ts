import type { OpenCv } from '../image/opencv.js';
import type { Model } from '../model/model.js';
import { coverMean } from '../perturb/occlusion/cover-mean.js';
import { footprintRuns, type Runs } from '../perturb/occlusion/footprint-runs.js';
import { type OcclusionPlan, planOcclusions } from '../perturb/occlusion/occlusion-plan.js';
import type { Tensor } from '../tensor/tensor.js';
import { type SaliencyMap, valueRange } from './saliency-map.js';
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
  const { layout } = model.card.input;
  const [height, width, channels] =
    layout === 'NCHW' ? [input.shape[2], input.shape[3], input.shape[1]] : input.shape.slice(1);
  const value = (channel: number) =>
    typeof options.baseline === 'number' ? options.baseline : options.baseline[channel];
  const hidden = input.data.map((_, at) =>
    value(layout === 'NCHW' ? Math.floor(at / (width * height)) : at % channels),
  );
  const occludable = replaceableInput(input.data, hidden, width, height, input.shape.slice(1), layout);
  return explain(cv, model, occludable, target, options, { baseline: options.baseline }, null);
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
  parameters: Readonly<Record<string, unknown>>,
  preprocessing: Model['card']['input'] | null,
): Promise<OcclusionExplanation> {
  const start = performance.now();
  const { width, height, shape } = input;
  const { plan, onProgress } = options;
  const { occlusions, empty } = planOcclusions(plan, width, height);
  const footprints = occlusions.map(({ footprint }) => footprintRuns(cv, footprint, width, height));
  const total = occlusions.length + 1;

  const { card, sha256 } = model;
  const bound = bindTarget(target, card);
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
        parameters: { plan, ...parameters },
        target: bound.name,
        targetValue: regular,
        seed: null,
        model: { name: card.name, sha256 },
        preprocessing,
        forwardPasses: total,
        backwardPasses: 0,
        milliseconds: performance.now() - start,
        range: valueRange(data),
      },
    },
    effects: occlusions.map(({ name }, at) => ({ name, occluded: scores[at], effect: effects[at] })),
    empty,
  };
}
