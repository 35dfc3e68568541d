import type { GroupedClassified } from '../classification/classified.js';
import { classRates } from '../classification/class-rates.js';
import type { OutcomeCounts } from '../classification/outcome-counts.js';
import { type RateKind, rateKinds, type RateName } from '../classification/rate-kinds.js';
import { clusterBootstrap } from '../cluster-bootstrap.js';
import { groupsOf } from '../groups/groups-of.js';
import type { IdentityBootstrapOptions } from '../identity-bootstrap.js';
import type { Measured } from '../measured.js';
import { type FairnessCriterion, fairnessCriteria } from './criteria.js';
import { spread } from './spread.js';

export interface FairnessOptions extends IdentityBootstrapOptions {
  /** Trials that the rate of a group needs to be compared. @default 10 */
  readonly leastTrials?: number | undefined;
}

/** How far groups are from meeting a criterion. */
export interface Disparity {
  readonly criterion: FairnessCriterion;
  /** The rates that it compares. */
  readonly rates: readonly RateName[];
  /** The groups that were compared, in code-unit order. */
  readonly groups: readonly string[];
  /** The groups that have too few trials for one of the rates, with the reason. */
  readonly leftOut: readonly { readonly group: string; readonly reason: string }[];
  /** The largest difference between two groups, of the rate where it is largest; 0 where the criterion is met. */
  readonly difference: Measured;
  /** The mean over the rates of their largest differences. */
  readonly meanDifference: Measured;
  /** The smallest ratio between two groups, of the rate where it is smallest; 1 where the criterion is met. */
  readonly ratio: Measured;
  /** The mean over the rates of their smallest ratios. */
  readonly meanRatio: Measured;
}

/**
 * How far a classifier is from each criterion of `fairnessCriteria`, for one class against all others.
 *
 * Differences and ratios are those of Fairlearn (`equalized_odds_difference` with agg `worst_case` and `mean`, and so
 * on): between any two of all groups. Groups whose rates have too few trials are left out and named. The intervals are
 * percentiles over resampled persons. A largest difference is never negative and grows with the number of groups by
 * chance alone: an interval above 0 does not show unfairness; `groupDifferences` tests that.
 *
 * @param positive the class whose rates are compared.
 */
export function classificationFairness(
  samples: readonly GroupedClassified[],
  positive: string,
  { leastTrials = 10, ...bootstrap }: FairnessOptions = {},
): Disparity[] {
  const groups = groupsOf(samples);
  const position = new Map(groups.map(([group], at) => [group, at]));
  const cells = Int32Array.from(
    samples,
    ({ group, actual, predicted }) =>
      4 * position.get(group)! + 2 * Number(actual === positive) + Number(predicted === positive),
  );
  const observed = groupCounts(cells, new Float64Array(samples.length).fill(1), groups.length);
  const supported = observed.map((counts) => classRates(counts, positive, leastTrials));

  const disparities = Object.entries(fairnessCriteria).map(([criterion, rates]) => {
    const reasons = supported.map((own) => rates.map((name) => own[name]).find(({ rate }) => rate === null));
    return {
      criterion: criterion as FairnessCriterion,
      rates,
      compared: groups.flatMap((_, at) => (reasons[at] === undefined ? [at] : [])),
      leftOut: groups.flatMap(([group], at) => {
        const reason = reasons[at];
        return reason !== undefined && 'reason' in reason ? [{ group, reason: reason.reason }] : [];
      }),
    };
  });
  const statisticsOf = (counts: readonly OutcomeCounts[]): number[] =>
    disparities.flatMap(({ rates, compared }) =>
      spreadOfRates(
        rates,
        compared.map((at) => counts[at]),
      ),
    );
  const values = statisticsOf(observed);
  const intervals = clusterBootstrap(
    samples.map(({ person }, at) => person ?? `\0${at}`),
    (weights) => statisticsOf(groupCounts(cells, weights, groups.length)),
    bootstrap,
  );

  return disparities.map(({ criterion, rates, compared, leftOut }, at) => {
    const measured = (statistic: number): Measured => {
      if (compared.length < 2) {
        return { value: null, reason: `${compared.length} groups with enough images; two are compared` };
      }
      const value = values[4 * at + statistic];
      if (Number.isNaN(value)) return { value: null, reason: 'the rate is 0 in all groups' };
      return { value, interval: intervals[4 * at + statistic] };
    };
    return {
      criterion,
      rates,
      groups: compared.map((group) => groups[group][0]),
      leftOut,
      difference: measured(0),
      meanDifference: measured(1),
      ratio: measured(2),
      meanRatio: measured(3),
    };
  });
}

/** Largest and mean difference, smallest and mean ratio of the rates between groups. */
function spreadOfRates(
  rates: readonly RateName[],
  groups: readonly OutcomeCounts[],
): [difference: number, meanDifference: number, ratio: number, meanRatio: number] {
  if (groups.length < 2) return [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  const spreads = rates.map((name) => {
    const { events, trials }: RateKind = rateKinds[name];
    return spread(groups.map((counts) => events(counts) / trials(counts)));
  });
  const differences = spreads.map(({ difference }) => difference);
  const ratios = spreads.map(({ ratio }) => ratio);
  return [Math.max(...differences), mean(differences), Math.min(...ratios), mean(ratios)];
}

/** The outcomes of each group; a cell is 4 group + 2 (actual is positive) + (predicted is positive). */
function groupCounts(cells: Int32Array, weights: Float64Array, groups: number): OutcomeCounts[] {
  const sums = new Float64Array(4 * groups);
  for (let sample = 0; sample < cells.length; sample++) sums[cells[sample]] += weights[sample];
  return Array.from({ length: groups }, (_, group) => ({
    trueNegatives: sums[4 * group],
    falsePositives: sums[4 * group + 1],
    falseNegatives: sums[4 * group + 2],
    truePositives: sums[4 * group + 3],
  }));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
