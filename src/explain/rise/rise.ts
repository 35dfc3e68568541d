import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import { paintSegments, type Segmentation } from '../../image/superpixels/segmentation.js';
import type { CardInput } from '../../model/card.js';
import type { Model } from '../../model/model.js';
import type { MaskDesignName } from '../../perturb/mask-design/mask-design.js';
import { MaskSamples } from '../../perturb/mask-design/mask-samples.js';
import { type RandomGrid, randomGridMask, type RandomGridOptions } from '../../perturb/random-grid-mask.js';
import { Problem } from '../../problem.js';
import { RandomState } from '../../tensor/random.js';
import { checkSegments } from '../check-segments.js';
import type { SegmentFill } from '../../perturb/segment-fill.js';
import { hiddenInput } from '../hidden-input.js';
import { limeRandom } from '../lime/lime-random.js';
import { type MaskableInput, segmentMasker, softMasker } from '../masked-input.js';
import { inputSize, networkInput } from '../network-input.js';
import { type Provenance, type SaliencyMap, valueRange } from '../saliency-map.js';
import { outputOf, scoreRows, type ScoringOptions } from '../score-rows.js';
import { bindTarget, type Target } from '../target.js';
import { ConditionalMean } from './conditional-mean.js';

/** What is hidden: smooth random grids, as in the paper, or segments. */
export type RiseMasks =
  | ({ readonly kind: 'grid' } & RandomGridOptions)
  | {
      readonly kind: 'segments';
      readonly segmentation: Segmentation;
      /** @default 'independent' */
      readonly design?: MaskDesignName | undefined;
    };

export interface RiseOptions extends ScoringOptions {
  /** Masked images; at most that many where `untilStable` is set. @default 4000 */
  readonly samples?: number | undefined;
  /** @default 0 */
  readonly seed?: number | undefined;
  /**
   * Stop at the first multiple of 256 samples at which the largest standard error of the map is at most this share of
   * its range. @default none: all samples are taken
   */
  readonly untilStable?: number | undefined;
}

export interface RiseExplanation {
  /** Mean of the target where a pixel is shown. */
  readonly map: SaliencyMap;
  /** One a pixel, over draws of the masks. */
  readonly standardErrors: Float32Array;
  /** Samples that were taken. */
  readonly samples: number;
  /** Whether the map settled; null where that was not asked. */
  readonly settled: boolean | null;
}

/** Samples that are drawn and added up together, and between two looks at the standard errors. */
const step = 256;

/**
 * RISE (Petsiuk, Das and Saenko, BMVC 2018): hide random parts, and give each pixel the mean of the target where it is
 * shown, E[f(x · M) M(p)] / E[M(p)]. Both expectations are means over the same masks, so that the map of a constant is
 * that constant; the paper has the known probability below.
 *
 * @param image of the size that the network takes, which a segmentation must have too.
 * @param options.fill what hidden pixels become. @default 'black'
 * @throws Problem where the masks do not fit the image, the model has no such target, or an output is NaN or infinite.
 */
export function explainRise(
  cv: OpenCv,
  model: Model,
  image: RasterImage,
  masks: RiseMasks,
  target: Target,
  options: RiseOptions & { readonly fill?: SegmentFill | undefined } = {},
): Promise<RiseExplanation> {
  const { fill = 'black', ...rest } = options;
  const { input } = model.card;
  const segmentation = masks.kind === 'segments' ? masks.segmentation : undefined;
  const hidden = hiddenInput(cv, input, image, fill, segmentation);
  const maskable = { image: networkInput(cv, input, image), hidden };
  return explain(model, maskable, masks, target, rest, { parameters: { fill }, preprocessing: input });
}

/** RISE on an input that is already preprocessed, and what it becomes where it is hidden; see `explainRise`. */
export function explainRiseOfInput(
  model: Model,
  input: MaskableInput,
  masks: RiseMasks,
  target: Target,
  options: RiseOptions = {},
): Promise<RiseExplanation> {
  return explain(model, input, masks, target, options, { parameters: {}, preprocessing: null });
}

/** Masks that are drawn one after the other. */
interface MaskSource {
  /** Values of a mask: pixels, or segments. */
  readonly places: number;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Draws the next masks, which take the place of those before. */
  draw(count: number): void;
  /** Mask `index` of those drawn last; valid until the next call. */
  mask(index: number): ArrayLike<number>;
  /** Writes the input behind mask `index` of those drawn last. */
  write(index: number, into: Float32Array): void;
  /** The values of places as a map. */
  paint(values: Float64Array): Float32Array;
}

async function explain(
  model: Model,
  input: MaskableInput,
  masks: RiseMasks,
  target: Target,
  options: RiseOptions,
  record: Pick<Provenance, 'parameters' | 'preprocessing'>,
): Promise<RiseExplanation> {
  const start = performance.now();
  const { samples = 4000, seed = 0, untilStable, onProgress, ...scoring } = options;
  if (samples < 2)
    throw new Problem(`samples ${samples}`, 'are too few to compare', 'take more, better 4000');
  const { card, sha256 } = model;
  const { layout } = card.input;
  const { width, height } = inputSize(input.image.shape, layout);
  const source =
    masks.kind === 'grid'
      ? gridSource(input, layout, masks, seed)
      : segmentSource(input, layout, masks.segmentation, masks.design ?? 'independent', seed);

  const shape = input.image.shape.slice(1);
  const bound = bindTarget(target, card, model.activations);
  const original = await outputOf(model, shape, (into) => into.set(input.image.data), bound.output);
  const mean = new ConditionalMean(source.places);
  let taken = 0;
  let settled = untilStable === undefined ? null : false;
  while (taken < samples && settled !== true) {
    const count = Math.min(step, samples - taken);
    source.draw(count);
    const before = taken;
    const scores = await scoreRows(
      model,
      shape,
      count,
      (row, into) => source.write(row, into),
      bound.output,
      (output) => bound.value(output, original),
      { ...scoring, onProgress: (done) => onProgress?.(before + done, samples) },
    );
    // In the order of the masks, so that the sums do not depend on which batch was ready first.
    scores.forEach((score, row) => mean.add(source.mask(row), score));
    taken += count;
    if (untilStable !== undefined) settled = isSettled(mean, untilStable);
  }

  const data = source.paint(mean.means());
  if (data.some(Number.isNaN)) {
    throw new Problem(`samples ${samples}`, 'left pixels that were never shown', 'take more, better 4000');
  }
  return {
    map: {
      width,
      height,
      data,
      provenance: {
        method: 'rise',
        parameters: {
          samples,
          untilStable: untilStable ?? null,
          ...source.parameters,
          ...record.parameters,
        },
        target: bound.name,
        targetValue: bound.value(original, original),
        seed,
        model: { name: card.name, sha256 },
        preprocessing: record.preprocessing,
        forwardPasses: taken + 1,
        backwardPasses: 0,
        milliseconds: performance.now() - start,
        range: valueRange(data),
      },
    },
    standardErrors: source.paint(mean.standardErrors()),
    samples: taken,
    settled,
  };
}

function gridSource(
  input: MaskableInput,
  layout: CardInput['layout'],
  { cells = 7, shown = 0.5 }: RandomGridOptions,
  seed: number,
): MaskSource {
  const { width, height } = inputSize(input.image.shape, layout);
  if (cells < 2 || cells > Math.min(width, height)) {
    throw new Problem(
      `cells ${cells}`,
      `a grid has from 2 cells a side to one a pixel of the network's input, ${width} x ${height}`,
      'give another number',
    );
  }
  const random = new RandomState(seed);
  const masks = randomGridMask(width, height, { cells, shown });
  const write = softMasker(input, layout);
  const mask = new Float32Array(width * height);
  let grids: RandomGrid[] = [];
  return {
    places: mask.length,
    parameters: { masks: 'grid', cells, shown },
    draw(count) {
      grids = Array.from({ length: count }, () => masks.draw(random));
    },
    mask(index) {
      masks.write(grids[index], mask);
      return mask;
    },
    write(index, into) {
      masks.write(grids[index], mask);
      write(mask, into);
    },
    paint: (values) => Float32Array.from(values),
  };
}

function segmentSource(
  input: MaskableInput,
  layout: CardInput['layout'],
  segmentation: Segmentation,
  design: MaskDesignName,
  seed: number,
): MaskSource {
  checkSegments(segmentation, inputSize(input.image.shape, layout));
  const { count: places, labels } = segmentation;
  const samples = new MaskSamples(limeRandom(seed).random, design, places);
  const write = segmentMasker(input, layout, labels);
  // The first mask of all shows everything, which tells no place from another.
  let [first, end] = [1, 1];
  const mask = (index: number) =>
    samples.first(end).subarray((first + index) * places, (first + index + 1) * places);
  return {
    places,
    parameters: { masks: 'segments', design },
    draw(count) {
      [first, end] = [end, end + count];
      samples.first(end);
    },
    mask,
    write: (index, into) => write(mask(index), into),
    paint: (values) => paintSegments(segmentation, values),
  };
}

function isSettled(mean: ConditionalMean, share: number): boolean {
  const { minimum, maximum } = valueRange(mean.means());
  return valueRange(mean.standardErrors()).maximum <= share * (maximum - minimum);
}
