import {
  explainOcclusion,
  type OcclusionEffect,
  type OcclusionExplanation,
} from '../../explain/occlusion.js';
import { type SaliencyMap, valueRange } from '../../explain/saliency-map.js';
import type { Target } from '../../explain/target.js';
import type { Point } from '../../image/geometry.js';
import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Segmentation } from '../../image/superpixels/segmentation.js';
import type { Model } from '../../model/model.js';
import { planOcclusions } from '../../perturb/occlusion/occlusion-plan.js';
import type { CoverMean } from '../../perturb/occlusion/cover-mean.js';
import type { Occlusion } from '../../perturb/occlusion/occlusion.js';
import { Problem } from '../../problem.js';
import { compositeMap } from '../occlusion/composite-map.js';
import { gridPlan, type OcclusionSettings, regionPlan, windowPlan } from '../occlusion/occlusion-settings.js';

/** One place that was hidden, and what that did. */
export interface HiddenPlace extends OcclusionEffect {
  readonly kind: Occlusion['kind'];
  readonly footprint: Occlusion['footprint'];
}

/** How far the samples of a method that hides random parts pin its map down. */
export interface Sampling {
  /** Samples that were taken. */
  readonly samples: number;
  /** Whether the map settled; null where that was not asked. */
  readonly settled: boolean | null;
  /** The largest standard error of a value of the map; null where there are too few samples to say. */
  readonly largestStandardError: number | null;
  /** Share of the variance that a linear model explains, where one is fitted; null where the target never moves. */
  readonly r2?: number | null;
}

/** What was found out about one view of a face. */
export interface ViewExplanation {
  readonly map: SaliencyMap;
  /** Cells of the grid, or windows; empty where only regions were hidden. */
  readonly places: readonly HiddenPlace[];
  /** Regions of the face; empty where no landmarks are known. */
  readonly regions: readonly HiddenPlace[];
  /** Regions that have no pixel in the view. */
  readonly empty: readonly string[];
  /** What a reader of the map should know. */
  readonly notes?: readonly string[];
  /** The segments that were hidden, where the method hides segments. */
  readonly segmentation?: Segmentation | undefined;
  /** What each named part does, where it was not hidden alone. */
  readonly ranking?: readonly Pick<OcclusionEffect, 'name' | 'effect'>[];
  readonly sampling?: Sampling;
  /** What else was found; goes into the image's JSON. */
  readonly findings?: Readonly<Record<string, unknown>>;
}

/**
 * Explains a view by hiding windows or cells, which make the map, and the named regions, which are ranked. Where only
 * regions are hidden they make the map; where cells and regions are, each pixel of a region has half of both.
 *
 * @param landmarks the 68 points in pixels of the view; without them no region is hidden.
 * @throws {Problem} where only regions are to be hidden and there are no landmarks.
 */
export async function explainView(
  cv: OpenCv,
  model: Model,
  view: RasterImage,
  target: Target,
  landmarks: readonly Point[] | undefined,
  settings: OcclusionSettings,
  batchSize: number,
): Promise<ViewExplanation> {
  // The images of a study lie side by side in threads of their own: the batches of one follow each other.
  const scoring = { batchSize, concurrency: 1, fill: settings.fill };
  const { width, height } = view;
  const explain = async (occlusions: readonly Occlusion[]) => {
    const plan = { kind: 'given', occlusions } as const;
    const explanation = await explainOcclusion(cv, model, view, target, { ...scoring, plan });
    return { ...explanation, hidden: hiddenPlaces(occlusions, explanation) };
  };

  const regionOcclusions =
    landmarks === undefined || settings.regions.length === 0
      ? { occlusions: [], empty: [] }
      : planOcclusions(regionPlan(settings, landmarks), width, height);
  const regions =
    regionOcclusions.occlusions.length === 0 ? undefined : await explain(regionOcclusions.occlusions);

  const mapPlan =
    settings.mode === 'landmark'
      ? undefined
      : settings.mode === 'window'
        ? windowPlan(settings, view)
        : gridPlan(settings);
  const places =
    mapPlan === undefined ? undefined : await explain(planOcclusions(mapPlan, width, height).occlusions);

  const main = places ?? regions;
  if (main === undefined)
    throw new Problem('regions', 'none can be found in this image', 'use --mode window or grid');
  const data =
    settings.mode === 'both' && places !== undefined && regions !== undefined
      ? compositeMap(covered(places.map), covered(regions.map))
      : main.map.data;
  const parts = [places, regions].filter((part) => part !== undefined).map(({ map }) => map.provenance);
  return {
    map: {
      ...main.map,
      data,
      provenance: {
        ...main.map.provenance,
        parameters: { mode: settings.mode, ...mapPlan, fill: settings.fill, batchSize },
        forwardPasses: sum(parts.map(({ forwardPasses }) => forwardPasses)),
        milliseconds: sum(parts.map(({ milliseconds }) => milliseconds)),
        range: valueRange(data),
      },
    },
    places: places?.hidden ?? [],
    regions: regions?.hidden ?? [],
    empty: regionOcclusions.empty,
  };
}

/** Occlusion counts how often each pixel is covered. */
function covered(map: SaliencyMap): CoverMean {
  if (map.cover === undefined) throw new Error('A map of occlusions has no count of its cover.');
  return { ...map, cover: map.cover };
}

function hiddenPlaces(occlusions: readonly Occlusion[], { effects }: OcclusionExplanation): HiddenPlace[] {
  return occlusions.map(({ kind, footprint }, at) => ({ ...effects[at], kind, footprint }));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
