import { groupsOf } from '../groups/groups-of.js';
import type { NoRate, Rate } from '../rate.js';
import { accuracy } from './accuracy.js';
import { type ClassRates, classRates } from './class-rates.js';
import type { GroupedClassified } from './classified.js';
import { type ConfusionMatrix, confusionMatrix } from './confusion-matrix.js';
import { outcomeCounts } from './outcome-counts.js';

/** What a classifier does in one group. */
export interface GroupClassification {
  readonly group: string;
  readonly images: number;
  /** Persons in these images; equal to `images` where persons are not known. */
  readonly persons: number;
  readonly matrix: ConfusionMatrix;
  readonly accuracy: Rate | NoRate;
  /** The rates of each class against all others. */
  readonly rates: Readonly<Record<string, ClassRates>>;
}

/**
 * Confusion matrix, accuracy and the rates of every class in each group, groups in code-unit order.
 *
 * @param classes all classes of the model; the matrices have them in this order.
 * @param leastTrials trials that a rate needs; one with fewer is `null` with the reason. @default 10
 * @throws RangeError where a sample has a class that is not listed
 */
export function classificationByGroup(
  samples: readonly GroupedClassified[],
  classes: readonly string[],
  { leastTrials = 10 }: { readonly leastTrials?: number | undefined } = {},
): GroupClassification[] {
  return groupsOf(samples).map(([group, members]) => {
    const matrix = confusionMatrix(members, classes);
    return {
      group,
      images: members.length,
      persons: new Set(members.map(({ person }, at) => person ?? at)).size,
      matrix,
      accuracy: accuracy(matrix, leastTrials),
      rates: Object.fromEntries(
        classes.map((name) => [name, classRates(outcomeCounts(matrix, name), name, leastTrials)]),
      ),
    };
  });
}
