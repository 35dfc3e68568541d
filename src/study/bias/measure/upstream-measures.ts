import { upstreamFeatureBias } from '../../../measure/bias/upstream-feature-bias.js';
import type { Decision } from '../labels/decision.js';
import type { StudiedImage } from './studied-images.js';

/** The numbers of the published notebook, each rounded to three decimals as there. */
export interface UpstreamMeasures {
  /** The two classes, which are the protected groups too. */
  readonly groups: readonly string[];
  /** Not rounded: the largest difference of the true positive rates; the false positive rates are 0 by construction. */
  readonly equalizedOdds: number;
  /** P(feature | group) in the order of the groups, and the bias. */
  readonly features: readonly {
    readonly feature: string;
    readonly probability: readonly number[];
    readonly bias: number;
  }[];
  /** The mean over all features. */
  readonly overall: number;
}

/**
 * The measures of the notebook, for `--compat upstream`: the protected attribute is the label itself, the mean is over all
 * features, and images without landmarks count as images without an active feature.
 *
 * @returns null where there are not two classes, or one of them has no image: the notebook fails there
 */
export function upstreamMeasures(
  images: readonly StudiedImage[],
  { classes }: Decision,
  features: readonly string[],
): UpstreamMeasures | null {
  const present = classes.filter((name) => images.some(({ truth }) => truth === name));
  if (present.length !== 2) return null;
  const [first, second] = present;
  const found = (name: string) => {
    const own = images.filter(({ truth }) => truth === name);
    return own.filter(({ predicted }) => predicted === name).length / own.length;
  };
  const mistakes = images
    .filter(({ truth, predicted }) => truth !== predicted)
    .map(({ truth, regions }) => ({
      group: truth,
      features: regions.flatMap(({ region, active }) => (active ? [region] : [])),
    }));
  const { features: seen } = upstreamFeatureBias(mistakes, features, [first, second]);
  const all = features.map(
    (feature) => seen.find((each) => each.feature === feature) ?? { feature, bias: 0, probability: [0, 0] },
  );
  const sum = all.reduce((total, { bias }) => total + bias, 0);
  return {
    groups: [first, second],
    equalizedOdds: Math.abs(found(first) - found(second)),
    features: all,
    overall: features.length === 0 ? 0 : Number((sum / features.length).toFixed(3)),
  };
}
