import { explainLime, type LimeExplanation, type LimeOptions } from '../../explain/lime/lime.js';
import { explainRise, type RiseExplanation } from '../../explain/rise/rise.js';
import type { ScoringOptions } from '../../explain/score-rows.js';
import { type SaliencyMap, valueRange } from '../../explain/saliency-map.js';
import type { Target } from '../../explain/target.js';
import type { Point } from '../../image/geometry.js';
import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Model } from '../../model/model.js';
import type { SegmentFill } from '../../perturb/segment-fill.js';
import type { ViewExplanation } from './explain-view.js';
import type { MaskMethod } from './image-method.js';
import type { SegmentationSettings } from './segments/segmentation-settings.js';
import { segmentView, type ViewSegmentation } from './segments/segment-view.js';

/** Cuts the view that is explained into segments. */
type Cut = (settings: SegmentationSettings) => Promise<ViewSegmentation>;
/** What both methods take, besides their own options. */
type Sampled = Pick<LimeOptions, 'samples' | 'seed' | 'untilStable' | 'batchSize' | 'concurrency'> & {
  readonly fill: SegmentFill;
};

/**
 * Explains a view by masks drawn at random; the map has the size of the network's input.
 *
 * @param view of that size.
 * @param landmarks the 68 points in pixels of the view, asked for only where they are needed.
 */
export function maskedView(
  cv: OpenCv,
  model: Model,
  view: RasterImage,
  target: Target,
  method: MaskMethod,
  scoring: Pick<ScoringOptions, 'batchSize' | 'concurrency'>,
  landmarks: () => Promise<readonly Point[]>,
): Promise<ViewExplanation> {
  const { samples, seed, fill, untilStable } = method;
  const options = { ...scoring, samples, seed, fill, untilStable: untilStable ?? undefined };
  const cut: Cut = (settings) => segmentView(cv, view, settings, seed, landmarks);
  return method.name === 'lime'
    ? limeView(cv, model, view, target, method, cut, options)
    : riseView(cv, model, view, target, method, cut, options);
}

async function limeView(
  cv: OpenCv,
  model: Model,
  view: RasterImage,
  target: Target,
  method: Extract<MaskMethod, { name: 'lime' }>,
  cut: Cut,
  options: Sampled,
): Promise<ViewExplanation> {
  const segmentation = await cut(method.segmentation);
  const { names } = segmentation;
  const { kernelWidth, ridge, features, design, compat } = method;
  const explanation = await explainLime(cv, model, view, segmentation, target, {
    ...options,
    kernelWidth,
    ridge,
    features: features ?? undefined,
    design,
    compat,
  });
  const { map, intercept, r2, localPrediction, samples, settled, segments } = explanation;
  const errors = segments.flatMap(({ standardError }) => standardError ?? []);
  return {
    map: withSegmentation(map, method.segmentation),
    segmentation,
    ...{ places: [], regions: [], empty: [] },
    ranking: segments.flatMap(({ segment, weight }) =>
      names === undefined || weight === null ? [] : [{ name: names[segment], effect: weight }],
    ),
    sampling: {
      samples,
      settled,
      largestStandardError: errors.length === 0 ? null : Math.max(...errors),
      r2,
    },
    findings: {
      intercept,
      localPrediction,
      segments: segments.map((segment) =>
        names === undefined ? segment : { name: names[segment.segment], ...segment },
      ),
    },
    notes: [...notSettled(explanation), ...badFit(explanation)],
  };
}

async function riseView(
  cv: OpenCv,
  model: Model,
  view: RasterImage,
  target: Target,
  { masks }: Extract<MaskMethod, { name: 'rise' }>,
  cut: Cut,
  options: Sampled,
): Promise<ViewExplanation> {
  const nothingElse = { places: [], regions: [], empty: [] };
  if (masks.kind === 'grid') {
    const explanation = await explainRise(cv, model, view, masks, target, options);
    return { ...nothingElse, map: explanation.map, ...foundByRise(explanation) };
  }
  const segmentation = await cut(masks.segmentation);
  const explanation = await explainRise(cv, model, view, { ...masks, segmentation }, target, options);
  return {
    ...nothingElse,
    map: withSegmentation(explanation.map, masks.segmentation),
    segmentation,
    ...foundByRise(explanation),
  };
}

function foundByRise(explanation: RiseExplanation): Pick<ViewExplanation, 'sampling' | 'notes'> {
  const { samples, settled, standardErrors } = explanation;
  const largestStandardError = valueRange(standardErrors).maximum;
  return { sampling: { samples, settled, largestStandardError }, notes: notSettled(explanation) };
}

/** How the segments came about belongs to how the map did. */
function withSegmentation(map: SaliencyMap, segmentation: SegmentationSettings): SaliencyMap {
  const { provenance } = map;
  return { ...map, provenance: { ...provenance, parameters: { ...provenance.parameters, segmentation } } };
}

function notSettled({ settled, samples }: LimeExplanation | RiseExplanation): string[] {
  return settled === false ? [`had not settled after ${samples} samples: take more`] : [];
}

function badFit({ r2 }: LimeExplanation): string[] {
  if (r2 === null) return ['the target does not move whatever is hidden, so no segment has a weight'];
  return r2 < 0.5
    ? [
        `the linear model explains ${Math.round(100 * Math.max(0, r2))} % of how the target moves: a rough summary`,
      ]
    : [];
}
