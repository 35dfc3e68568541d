import { type AttentionParity, attentionParity } from '../../../measure/bias/attention-parity.js';
import { type FeatureBiases, featureBias } from '../../../measure/bias/feature-bias.js';
import {
  classificationByGroup,
  type GroupClassification,
} from '../../../measure/classification/classification-by-group.js';
import { classificationFairness, type Disparity } from '../../../measure/fairness/classification-fairness.js';
import type { Decision } from '../labels/decision.js';
import { sortedGroups } from '../labels/grouping.js';
import { type ClassCurves, classCurves } from './class-curves.js';
import type { StudiedImage } from './studied-images.js';
import { type WhatIf, whatIf } from './what-if.js';

/** How sure the measures must be, and how that is found out. Plain data. */
export interface MeasureSettings {
  /** Images that a rate or a share needs; with fewer it is marked, not printed. */
  readonly least: number;
  /** What the BiasX score is the mean over: all regions, or those that are active in a mistake. */
  readonly over: 'all' | 'observed';
  readonly seed: number;
  readonly resamples: number;
  readonly permutations: number;
}

/** Everything that is measured of one way to group the images. */
export interface GroupingMeasures {
  /** `gender`, `gender+race`; empty for all images together. */
  readonly key: string;
  readonly groups: readonly GroupClassification[];
  /** For each class against all others; none for all images together. */
  readonly fairness: readonly { readonly class: string; readonly disparities: readonly Disparity[] }[];
  readonly curves: readonly ClassCurves[];
  /** The regions that the measures of maps are about, in their order. */
  readonly regions: readonly string[];
  /**
   * Over the mistakes of each group that has enough of them: the BiasX measures. Null where the images have no regions, or
   * there is one group.
   */
  readonly mistakes: FeatureBiases | null;
  /** Over all images of each group that has enough. */
  readonly everywhere: FeatureBiases | null;
  readonly attention: (AttentionParity & { readonly groups: readonly string[] }) | null;
  /** The share of the heat in each region, by group and outcome. */
  readonly heat: readonly HeatShares[];
  readonly whatIf: readonly WhatIf[];
  /** The images whose group is not known: they are in none of the above. */
  readonly withoutGroup: number;
}

/** The share of the heat in each region, over the images of one group with one outcome. */
export interface HeatShares {
  readonly group: string;
  readonly outcome: Outcome;
  readonly images: number;
  /** One for each region. */
  readonly shares: AttentionParity['means'][number];
}

const outcomes = ['right', 'wrong'] as const;
export type Outcome = (typeof outcomes)[number];

/** An image with the group that it is in. */
export interface GroupedImage extends StudiedImage {
  readonly group: string;
}

/**
 * Measures one grouping.
 * @param images those whose group is known.
 * @param regions all that an image can have.
 */
export function measureGrouping(
  key: string,
  images: readonly GroupedImage[],
  decision: Decision,
  regions: readonly string[],
  settings: MeasureSettings,
): Omit<GroupingMeasures, 'withoutGroup'> {
  const { least, over, seed, resamples, permutations } = settings;
  const { classes } = decision;
  const groups = sortedGroups(images.map(({ group }) => group));
  const classified = images.map(({ group, truth, predicted, person }) => ({
    ...{ group, person },
    actual: truth,
    predicted,
  }));
  const byGroup = classificationByGroup(classified, classes, { leastTrials: least });
  const bootstrap = { seed, resamples };
  const several = groups.length > 1;
  const mapped = images.filter((image) => image.regions.length > 0);
  const active = (chosen: readonly GroupedImage[]) => {
    const compared = groupsWithEnough(chosen, groups, least);
    return featureBias(
      inGroups(chosen, compared).map(({ group, person, regions: own }) => ({
        ...{ group, person },
        features: own.flatMap(({ region, active: is }) => (is ? [region] : [])),
      })),
      regions,
      compared,
      { ...bootstrap, over, leastImages: least, permutations },
    );
  };
  const attended = groupsWithEnough(mapped, groups, least);
  const shownCurves = classes.length === 2 ? classes.slice(0, 1) : classes;
  return {
    key,
    groups: groups.map((group) => byGroup.find((each) => each.group === group)!),
    fairness: several
      ? classes.map((name) => ({
          class: name,
          disparities: classificationFairness(classified, name, { leastTrials: least, ...bootstrap }),
        }))
      : [],
    curves: shownCurves.flatMap((name) => classCurves(images, groups, name, decision)),
    regions,
    ...(several && mapped.length > 0
      ? {
          mistakes: active(mapped.filter(({ truth, predicted }) => truth !== predicted)),
          everywhere: active(mapped),
          attention: {
            groups: attended,
            ...attentionParity(
              inGroups(mapped, attended).map((image) => ({
                group: image.group,
                person: image.person,
                attention: valuesOf(image, regions, ({ attention }) => attention),
              })),
              regions,
              attended,
              { ...bootstrap, leastImages: least },
            ),
          },
        }
      : { mistakes: null, everywhere: null, attention: null }),
    heat: heatShares(mapped, groups, regions, settings),
    whatIf: whatIf(images, groups, decision, least),
  };
}

/**
 * The groups that have enough images to be compared: one that has too few would leave no score at all. Where fewer than two
 * have enough, all of them, so that the measure says what is missing.
 */
function groupsWithEnough(
  images: readonly GroupedImage[],
  groups: readonly string[],
  least: number,
): readonly string[] {
  const enough = groups.filter((group) => images.filter((image) => image.group === group).length >= least);
  return enough.length < 2 ? groups : enough;
}

function inGroups(images: readonly GroupedImage[], groups: readonly string[]): readonly GroupedImage[] {
  return images.filter(({ group }) => groups.includes(group));
}

function heatShares(
  images: readonly GroupedImage[],
  groups: readonly string[],
  regions: readonly string[],
  { least, seed, resamples }: MeasureSettings,
): HeatShares[] {
  // One parity over the crossing of group and outcome has the mean of every cell with its interval.
  const cells = groups.flatMap((group) => outcomes.map((outcome) => ({ group, outcome })));
  const names = cells.map(({ group, outcome }) => `${group}: ${outcome}`);
  const placed = images.map((image) => ({
    group: `${image.group}: ${outcomeOf(image)}`,
    person: image.person,
    attention: valuesOf(image, regions, ({ share }) => share),
  }));
  if (placed.length === 0) return [];
  const { means } = attentionParity(placed, regions, names, { seed, resamples, leastImages: least });
  return cells.map(({ group, outcome }, at) => ({
    ...{ group, outcome },
    images: placed.filter((image) => image.group === names[at]).length,
    shares: means.map((row) => row[at]),
  }));
}

/** Whether the model was right. */
export function outcomeOf({ truth, predicted }: Pick<StudiedImage, 'truth' | 'predicted'>): Outcome {
  return truth === predicted ? 'right' : 'wrong';
}

function valuesOf(
  image: StudiedImage,
  regions: readonly string[],
  value: (heat: StudiedImage['regions'][number]) => number | null,
): number[] {
  return regions.map((region) => {
    const own = image.regions.find((each) => each.region === region);
    return (own === undefined ? null : value(own)) ?? Number.NaN;
  });
}
