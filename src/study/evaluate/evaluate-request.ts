import type { SpeciesRule } from './species-rule.js';
import type { ThresholdRule } from './threshold-rule.js';

export const evaluationTasks = ['pad', 'mad', 'verification', 'attribute'] as const;
export type EvaluationTask = (typeof evaluationTasks)[number];

/** What is evaluated, and how; the same for all systems. Plain data. */
export interface EvaluateRequest {
  readonly task: EvaluationTask;
  readonly threshold: ThresholdRule;
  /** A file with labels of the images, `file-names` or `folders`; by default what the score file says, else the folders. */
  readonly labels?: string | undefined;
  /** The column that holds the label. */
  readonly labelColumn?: string | undefined;
  /** Labels of what is bona fide; for verification of pairs that show one person. */
  readonly bonaFide?: readonly string[] | undefined;
  readonly genuine?: readonly string[] | undefined;
  readonly species?: SpeciesRule | undefined;
  /** What a high score says. */
  readonly scoreIs: 'bona-fide' | 'attack';
  /** The class that precision, recall and F1 are about. */
  readonly positive: 'bona-fide' | 'attack';
  /** attribute: the columns with the scores of the classes. */
  readonly classes?: readonly string[] | undefined;
  /** A scheme or a table that names the person in each image. */
  readonly identities?: string | undefined;
  /** A table of groups by image or by person. */
  readonly groups?: string | undefined;
  /** What people are grouped by; several keys in one are crossed: `gender`, `gender+race`. */
  readonly groupBy: readonly string[];
  readonly seed: number;
}

/** One score file, with the name that it has in the tables. Plain data. */
export interface EvaluatedSystem {
  readonly name: string;
  readonly file: string;
  /** The score file that the threshold is chosen on; by default the same. */
  readonly development?: string | undefined;
  /** Images that the model gave no score for, by path. */
  readonly withoutScore?: readonly string[] | undefined;
}
