import { classificationByGroup } from '../../measure/classification/classification-by-group.js';
import type { Classified } from '../../measure/classification/classified.js';
import { classificationFairness } from '../../measure/fairness/classification-fairness.js';
import { type MeasureRow, measuredRow, rateRow, type RowHead } from './measure-row.js';

/** A decision about the image of somebody. */
export interface GroupedDecision extends Classified {
  readonly person?: string | undefined;
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/** How the criteria are written. */
const criterionWords = {
  demographicParity: 'demographic parity',
  equalOpportunity: 'equal opportunity',
  equalizedOdds: 'equalized odds',
  predictiveParity: 'predictive parity',
  conditionalUseAccuracy: 'conditional use accuracy',
  accuracyParity: 'accuracy parity',
} as const;

/**
 * Accuracy by group, and how far each class is from every criterion of fairness between the groups of a key.
 *
 * @param key what people are grouped by.
 * @param positives the classes that are compared, each against all others.
 * @param errorRows further rows of a group.
 */
export function fairnessRows(
  decisions: readonly GroupedDecision[],
  key: string,
  { classes, positives, seed }: { classes: readonly string[]; positives: readonly string[]; seed: number },
): MeasureRow[] {
  const samples = decisions.flatMap(({ groups, ...decision }) => {
    const group = groups[key];
    return group === undefined ? [] : [{ ...decision, group }];
  });
  const byGroup = classificationByGroup(samples, classes);
  const left = decisions.length - samples.length;
  const remark = left === 0 ? undefined : `${left} images are in no group of ${key}`;
  const of = (group: string, name?: string) => `${key} ${group}${name === undefined ? '' : `, ${name}`}`;
  return [
    ...byGroup.map(({ group, accuracy }) =>
      rateRow({ measure: 'accuracy', of: of(group), remark }, accuracy),
    ),
    ...byGroup.flatMap(({ group, rates }) =>
      positives.flatMap((name) => [
        rateRow({ measure: 'true positive rate', of: of(group, name) }, rates[name].truePositiveRate),
        rateRow({ measure: 'false positive rate', of: of(group, name) }, rates[name].falsePositiveRate),
      ]),
    ),
    ...positives.flatMap((name) =>
      classificationFairness(samples, name, { seed }).flatMap(({ criterion, leftOut, difference, ratio }) => {
        const head = (kind: string): RowHead => ({
          measure: `${criterionWords[criterion]}, ${kind}`,
          of: `${key}, ${name}`,
          remark:
            leftOut.length === 0
              ? undefined
              : `left out: ${leftOut.map(({ group, reason }) => `${group} (${reason})`).join('; ')}`,
        });
        return [measuredRow(head('difference'), difference), measuredRow(head('ratio'), ratio, false)];
      }),
    ),
  ];
}
