import { precisionRecallCurve } from '../../../measure/classification/precision-recall-curve.js';
import { rocAreaInterval } from '../../../measure/classification/roc-area-interval.js';
import type { Interval } from '../../../measure/interval.js';
import { rocArea } from '../../../measure/verification/roc-area.js';
import { rocCurve } from '../../../measure/verification/roc-curve.js';
import { type Decision, probabilityOf } from '../labels/decision.js';
import type { GroupedImage } from './grouping-measures.js';

/** How well the probability of one class tells it from the others in one group. */
export interface ClassCurves {
  readonly class: string;
  readonly group: string;
  readonly positives: number;
  readonly negatives: number;
  /** Null where the group has images of one side only. */
  readonly area: { readonly value: number; readonly interval: Interval | null } | null;
  readonly averagePrecision: number | null;
  /** From the strictest threshold to the most lenient. */
  readonly roc: {
    readonly falsePositiveRate: readonly number[];
    readonly truePositiveRate: readonly number[];
  };
  readonly precisionRecall: { readonly recall: readonly number[]; readonly precision: readonly number[] };
  /** The rates of the decisions that were made; null where there is nothing to take a share of. */
  readonly decided: {
    readonly falsePositiveRate: number | null;
    readonly truePositiveRate: number | null;
    readonly precision: number | null;
  };
}

/** ROC and precision-recall curves of one class against all others, in each group. */
export function classCurves(
  images: readonly GroupedImage[],
  groups: readonly string[],
  name: string,
  decision: Decision,
): ClassCurves[] {
  return groups.map((group) => {
    const own = images.filter((image) => image.group === group);
    const isPositive = ({ truth }: GroupedImage) => truth === name;
    const score = ({ scores }: GroupedImage) => probabilityOf(name, decision, scores);
    const positives = own.filter(isPositive).map(score);
    const negatives = own.filter((image) => !isPositive(image)).map(score);
    const share = (chosen: readonly GroupedImage[], holds: (image: GroupedImage) => boolean) =>
      chosen.length === 0 ? null : chosen.filter(holds).length / chosen.length;
    const taken = ({ predicted }: GroupedImage) => predicted === name;
    const decided = {
      falsePositiveRate: share(
        own.filter((image) => !isPositive(image)),
        taken,
      ),
      truePositiveRate: share(own.filter(isPositive), taken),
      precision: share(own.filter(taken), isPositive),
    };
    const about = { class: name, group, positives: positives.length, negatives: negatives.length, decided };
    if (positives.length === 0 || negatives.length === 0) {
      return {
        ...about,
        area: null,
        averagePrecision: null,
        roc: { falsePositiveRate: [], truePositiveRate: [] },
        precisionRecall: { recall: [], precision: [] },
      };
    }
    const scores = { genuine: positives, impostor: negatives };
    const { fmr, fnmr } = rocCurve(scores);
    const { recall, precision, averagePrecision } = precisionRecallCurve(positives, negatives);
    return {
      ...about,
      area: { value: rocArea(scores), interval: rocAreaInterval(positives, negatives) ?? null },
      averagePrecision,
      roc: { falsePositiveRate: [...fmr], truePositiveRate: Array.from(fnmr, (rate) => 1 - rate) },
      precisionRecall: { recall: [...recall], precision: [...precision] },
    };
  });
}
