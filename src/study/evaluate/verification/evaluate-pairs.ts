import { verificationFairness, type PairRates } from '../../../measure/fairness/verification-fairness.js';
import type { Interval } from '../../../measure/interval.js';
import { equalErrorRate } from '../../../measure/verification/equal-error-rate.js';
import { errorRates } from '../../../measure/verification/error-rates.js';
import { rocArea } from '../../../measure/verification/roc-area.js';
import type { VerificationScores } from '../../../measure/verification/scores.js';
import { trueMatchRateAtFmr } from '../../../measure/verification/true-match-rate-at-fmr.js';
import { verificationIntervals } from '../../../measure/verification/verification-intervals.js';
import { Problem } from '../../../problem.js';
import type { EvaluateRequest } from '../evaluate-request.js';
import { type MeasureRow, measuredRow, rateRow, refusedRow, valueRow } from '../measure-row.js';
import type { EvaluatedPair } from './pairs.js';

const fmrTargets = [0.1, 0.01, 0.001, 0.0001] as const;

/** The scores of pairs by class. */
export function pairScores(pairs: readonly EvaluatedPair[]): VerificationScores {
  return {
    genuine: pairs.filter(({ genuine }) => genuine).map(({ score }) => score),
    impostor: pairs.filter(({ genuine }) => !genuine).map(({ score }) => score),
  };
}

/**
 * The measures of a recogniser: at the threshold, those that choose their own, and the fairness between groups.
 *
 * @throws Problem where there is no genuine or no impostor pair
 */
export function evaluatePairs(
  pairs: readonly EvaluatedPair[],
  threshold: number,
  personsKnown: boolean,
  { seed, groupBy }: EvaluateRequest,
): MeasureRow[] {
  const scores = pairScores(pairs);
  const errors = errorRates(scores, threshold);
  const intervals = verificationIntervals(pairs, { threshold, seed });
  const persons = (interval: Interval | undefined) => (personsKnown ? interval : undefined);
  const { eer, threshold: atEer } = equalErrorRate(scores);
  return [
    rateRow({ measure: 'FMR', threshold }, errors.fmr, persons(intervals.fmr)),
    rateRow({ measure: 'FNMR', threshold }, errors.fnmr, persons(intervals.fnmr)),
    valueRow({ measure: 'EER', threshold: atEer }, eer, intervals.eer),
    valueRow({ measure: 'ROC area' }, rocArea(scores), intervals.rocArea, false),
    ...fmrTargets.map((target) => {
      const measure = `TMR at FMR ${100 * target} %`;
      try {
        const { threshold: own, tmr } = trueMatchRateAtFmr(scores, target);
        return rateRow({ measure, threshold: own }, tmr);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return refusedRow({ measure }, error.message);
      }
    }),
    ...groupBy.flatMap((key) => fairnessOf(pairs, threshold, key, seed, persons)),
  ];
}

function fairnessOf(
  pairs: readonly EvaluatedPair[],
  threshold: number,
  key: string,
  seed: number,
  persons: (interval: Interval | undefined) => Interval | undefined,
): MeasureRow[] {
  const trials = pairs.flatMap(({ groups, ...pair }) => {
    const own = groups[key];
    return own === undefined ? [] : [{ ...pair, groups: own }];
  });
  if (trials.length === 0) {
    return [refusedRow({ measure: 'FDR', of: key }, `no pair says the ${key} of both its images`)];
  }
  const fairness = verificationFairness(trials, threshold, { seed });
  const without = pairs.length - trials.length;
  const leftOut = fairness.leftOut.map(({ group, reason }) => `${group} is left out (${reason})`);
  const remark =
    [...leftOut, ...(without === 0 ? [] : [`${without} pairs are in no group`])].join('; ') || undefined;
  const rates = ({ groups: [a, b], ...own }: PairRates) => {
    const of = `${key} ${a === b ? a : `${a} and ${b}`}`;
    return [
      rateRow({ measure: 'FMR', of, threshold }, own.fmr, persons(own.fmrOverPersons)),
      // People are seldom in two groups.
      ...(a !== b && own.fnmr.trials === 0
        ? []
        : [rateRow({ measure: 'FNMR', of, threshold }, own.fnmr, persons(own.fnmrOverPersons))]),
    ];
  };
  const measure = (name: string, measured: (typeof fairness)['garbe']) =>
    measuredRow({ measure: name, of: key, threshold, remark }, measured, false);
  return [
    ...fairness.groups.flatMap(rates),
    ...fairness.crossGroup.flatMap(rates),
    measure('FDR', fairness.fairnessDiscrepancyRate),
    measure('IR', fairness.inequityRate),
    measure('GARBE', fairness.garbe),
    measure('FMR, largest over smallest', fairness.fmrMaxToMin),
    measure('FNMR, largest over smallest', fairness.fnmrMaxToMin),
    measure('FMR, largest over geometric mean', fairness.fmrMaxToGeometricMean),
    measure('FNMR, largest over geometric mean', fairness.fnmrMaxToGeometricMean),
  ];
}
