import type { ConfusionMatrix } from '../../measure/classification/confusion-matrix.js';
import type { Loss } from '../../jobs/run/run-record.js';
import type { MeasureRow } from './measure-row.js';

/** What was found of one system. Plain data. */
export interface SystemEvaluation {
  readonly name: string;
  /** How many images or pairs of each kind there are, in words for the report: `bona fide`, `print`. */
  readonly counts: Readonly<Record<string, number>>;
  /** Persons; null where they are not known. */
  readonly persons: number | null;
  /** Null for a classifier, which takes the class with the highest score. */
  readonly threshold: ChosenThreshold | null;
  readonly rows: readonly MeasureRow[];
  /** Of a classifier. */
  readonly matrix?: ConfusionMatrix;
  /** Rows that are in no number. */
  readonly losses: readonly Loss[];
  readonly notes: readonly string[];
}

export interface ChosenThreshold {
  /** On the scale of the score file. */
  readonly value: number;
  /** `EER`, `BPCER 0.05`, `given`. */
  readonly rule: string;
  /** The development file; null where it was chosen on the scores that it is used on. */
  readonly chosenOn: string | null;
}
