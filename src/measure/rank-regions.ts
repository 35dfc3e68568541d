import { type BootstrapOptions, bootstrapMeans, type MeanInterval } from './bootstrap-means.js';
import { clopperPearson } from './clopper-pearson.js';
import type { Interval } from './interval.js';

/** The effects on one image. */
export interface RegionEffects {
  /** The person in the image; images of one person are not independent. Given for all images or for none. */
  readonly subject?: string | undefined;
  /** Signed effect, regular - occluded score, by region; regions that were not hidden are left out. */
  readonly effects: ReadonlyMap<string, number>;
}

/** What hiding one region does over all images. */
export interface RankedRegion {
  readonly region: string;
  /** Images with an effect of this region. */
  readonly n: number;
  /** Subjects among them; equal to `n` where subjects are unknown. */
  readonly subjects: number;
  /** Mean signed effect: above 0, the region speaks for what the score stands for. */
  readonly effect: Summary;
  /** Mean of |effect|: how much the region matters, whichever way. The ranking is by this. */
  readonly absoluteEffect: Summary;
  /** In how many of the n images no other region has a larger |effect|. Where several tie, each of them counts. */
  readonly largest: { readonly images: number; readonly share: number; readonly interval: Interval };
}

type Summary = Pick<MeanInterval, 'mean' | 'interval'>;

/**
 * Ranks regions by their mean absolute effect, the largest first; equals by name.
 *
 * The absolute effect ranks because the question of a ranking is how much a model relies on a region. A region that
 * raises the score of one image and lowers that of another matters, yet its signed mean may be 0. The signed mean stands
 * beside it and says which way it works on the whole.
 *
 * Means have BCa bootstrap intervals over images, or over subjects where these are known. The share of images has the
 * Clopper-Pearson interval; where subjects are known its sample size is the number of subjects, as if all images of one
 * person said the same, which errs on the wide side.
 */
export function rankRegions(
  images: readonly RegionEffects[],
  options: Omit<BootstrapOptions, 'clusters'> = {},
): RankedRegion[] {
  const regions = [...new Set(images.flatMap(({ effects }) => [...effects.keys()]))];
  const signed = regions.map((region) =>
    Float64Array.from(images, ({ effects }) => effects.get(region) ?? Number.NaN),
  );
  const absolute = signed.map((effects) => effects.map(Math.abs));
  const summaries = bootstrapMeans([...signed, ...absolute], { ...options, clusters: subjectsOf(images) });
  const largest = absolute.map(
    (effects) =>
      effects.filter(
        (effect, image) => absolute.every((other) => !(other[image] > effect)) && !Number.isNaN(effect),
      ).length,
  );
  return regions
    .map((region, at): RankedRegion => {
      const { n, clusters, ...effect } = summaries[at];
      const { mean, interval } = summaries[regions.length + at];
      const share = largest[at] / n;
      return {
        region,
        n,
        subjects: clusters,
        effect,
        absoluteEffect: { mean, interval },
        largest: {
          images: largest[at],
          share,
          interval: clopperPearson(share * clusters, clusters, options.level),
        },
      };
    })
    .sort((a, b) => b.absoluteEffect.mean - a.absoluteEffect.mean || (a.region < b.region ? -1 : 1));
}

function subjectsOf(images: readonly RegionEffects[]): string[] | undefined {
  const subjects = images.flatMap(({ subject }) => (subject === undefined ? [] : [subject]));
  if (subjects.length === 0) return undefined;
  if (subjects.length < images.length) {
    throw new RangeError(`Only ${subjects.length} of ${images.length} images name their subject.`);
  }
  return subjects;
}
