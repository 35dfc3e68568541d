import { classRates } from '../../../measure/classification/class-rates.js';
import { f1OfCounts } from '../../../measure/classification/f1-of-counts.js';
import type { Interval } from '../../../measure/interval.js';
import { attackDetectionErrors } from '../../../measure/pad/attack-detection-errors.js';
import { attackDetectionIntervals } from '../../../measure/pad/attack-detection-intervals.js';
import { type AttackScores, attackScores } from '../../../measure/pad/attack-scores.js';
import { decisionCounts } from '../../../measure/pad/decision-counts.js';
import { detectionEqualErrorRate } from '../../../measure/pad/detection-equal-error-rate.js';
import { errorsAtApcer } from '../../../measure/pad/errors-at-apcer.js';
import { errorsAtBpcer } from '../../../measure/pad/errors-at-bpcer.js';
import { rate } from '../../../measure/rate.js';
import { rocArea } from '../../../measure/verification/roc-area.js';
import { Problem } from '../../../problem.js';
import { errorNames } from '../error-names.js';
import type { EvaluateRequest } from '../evaluate-request.js';
import { type MeasureRow, rateRow, refusedRow, valueRow } from '../measure-row.js';
import type { EvaluatedPresentation } from './presentations.js';

const fixedRates = [0.1, 0.05, 0.01] as const;
/** False alarms that papers on CelebA-Spoof report the recall of attacks at. */
const recallRates = [0.01, 0.005, 0.001] as const;

/**
 * The measures of a detector of attacks: at the threshold, and those that choose their own.
 *
 * @param threshold on the scale where a higher score is more bona fide.
 * @param shown turns a threshold into the scale of the score file.
 * @throws Problem where there is no bona fide presentation or no attack
 */
export function evaluateAttacks(
  presentations: readonly EvaluatedPresentation[],
  threshold: number,
  request: EvaluateRequest,
  shown: (threshold: number) => number,
): MeasureRow[] {
  const scores = attackScores(presentations);
  const { attack, bonaFide } = errorNames(request.task);
  const errors = attackDetectionErrors(scores, threshold);
  const several = hasSeveralImages(presentations);
  const intervals = attackDetectionIntervals(presentations, threshold, { seed: request.seed });
  const persons = (interval: Interval | undefined) => (several ? interval : undefined);
  const at = { threshold: shown(threshold) };

  const positive = request.positive === 'attack' ? 'attack' : 'bona fide';
  const counts = decisionCounts(scores, threshold, positive);
  const decisions = classRates(counts, positive);
  const f1 = f1OfCounts(counts);
  return [
    ...errors.species.map(({ name, apcer }) => rateRow({ measure: attack, of: name, ...at }, apcer)),
    rateRow(
      {
        measure: `${attack} of the worst species`,
        ...at,
        remark: `the worst species is ${errors.worstSpecies}`,
      },
      errors.apcer,
      persons(intervals.apcer),
    ),
    rateRow(
      { measure: `${attack} of all attacks`, ...at },
      errors.pooledApcer,
      persons(intervals.pooledApcer),
    ),
    rateRow({ measure: bonaFide, ...at }, errors.bpcer, persons(intervals.bpcer)),
    valueRow({ measure: 'ACER', ...at }, errors.acer, intervals.acer),
    ...nonResponseRows(errors),
    rateRow({ measure: 'accuracy', ...at }, decisions.accuracy),
    rateRow({ measure: 'precision', of: positive, ...at }, decisions.positivePredictiveValue),
    rateRow({ measure: 'recall', of: positive, ...at }, decisions.truePositiveRate),
    Number.isNaN(f1)
      ? refusedRow({ measure: 'F1', of: positive, ...at }, `nothing is ${positive} or taken for it`)
      : valueRow(
          { measure: 'F1', of: positive, ...at },
          f1,
          positive === 'attack' ? intervals.f1Attack : intervals.f1BonaFide,
        ),
    ...equalErrorRows(presentations, scores, intervals.eer, { seed: request.seed, shown }),
    valueRow(
      { measure: 'ROC area' },
      rocArea({ genuine: scores.bonaFide, impostor: scores.attacks }),
      intervals.rocArea,
      false,
    ),
    ...fixedRows(scores, { attack, bonaFide }, shown),
  ];
}

/** Whether a person is in more than one presentation. */
function hasSeveralImages(images: readonly { readonly person?: string | undefined }[]): boolean {
  const persons = images.flatMap(({ person }) => person ?? []);
  return new Set(persons).size < persons.length;
}

function nonResponseRows({ apnrr, bpnrr }: ReturnType<typeof attackDetectionErrors>): MeasureRow[] {
  return apnrr.errors + bpnrr.errors === 0
    ? []
    : [
        rateRow({ measure: 'APNRR', remark: 'attacks that gave no score; in no other rate' }, apnrr),
        rateRow({ measure: 'BPNRR', remark: 'bona fide images that gave no score; in no other rate' }, bpnrr),
      ];
}

function equalErrorRows(
  presentations: readonly EvaluatedPresentation[],
  scores: AttackScores,
  interval: Interval | undefined,
  { seed, shown }: { readonly seed: number; readonly shown: (threshold: number) => number },
): MeasureRow[] {
  const row = (of: string | undefined, over: Interval | undefined) => {
    const { eer, threshold } = detectionEqualErrorRate(scores, of);
    return valueRow({ measure: 'D-EER', of, threshold: shown(threshold) }, eer, over);
  };
  const intervalOf = (name: string) => {
    const own = presentations.filter(({ species }) => species === undefined || species === name);
    return attackDetectionIntervals(own, 0, { seed }).eer;
  };
  const { species } = scores;
  return [
    row(undefined, interval),
    ...(species.length < 2 ? [] : species.map(({ name }) => row(name, intervalOf(name)))),
  ];
}

/** The errors of one kind where the other is fixed; refused where the sample is too small for that. */
function fixedRows(
  scores: AttackScores,
  { attack, bonaFide }: { readonly attack: string; readonly bonaFide: string },
  shown: (threshold: number) => number,
): MeasureRow[] {
  const tried = (measure: string, row: () => MeasureRow): MeasureRow => {
    try {
      return row();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // ISO/IEC 20059 calls the same errors otherwise.
      const reason = error.message.replaceAll('APCER', attack).replaceAll('BPCER', bonaFide);
      return refusedRow({ measure }, reason);
    }
  };
  return [
    ...fixedRates.map((target) => {
      const measure = `${bonaFide}${Math.round(1 / target)}`;
      return tried(measure, () => {
        const { threshold, bpcer } = errorsAtApcer(scores, target);
        return rateRow({ measure, threshold: shown(threshold) }, bpcer);
      });
    }),
    ...fixedRates.map((target) => {
      const measure = `${attack}${Math.round(1 / target)}`;
      return tried(measure, () => {
        const { threshold, apcer, worstSpecies } = errorsAtBpcer(scores, target);
        const remark = `the worst species is ${worstSpecies}`;
        return rateRow({ measure, threshold: shown(threshold), remark }, apcer);
      });
    }),
    ...recallRates.map((target) => {
      const measure = `TPR at FPR ${100 * target} %`;
      return tried(measure, () => {
        const { threshold, pooledApcer } = errorsAtBpcer(scores, target);
        const { errors, trials } = pooledApcer;
        const remark = `attacks rejected where ${bonaFide} is at most ${100 * target} %`;
        return rateRow({ measure, threshold: shown(threshold), remark }, rate(trials - errors, trials));
      });
    }),
  ];
}
