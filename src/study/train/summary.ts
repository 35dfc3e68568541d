import type { Split } from '../../dataset/people/split-people.js';
import type { Checkpoint, EpochRecord } from '../../train/checkpoint.js';
import type { ClassCounts } from './count-classes.js';
import type { TestMeasures } from './test-measures.js';

/** What a training leaves in `run.json`; the report is made of it. */
export interface TrainSummary {
  readonly classes: readonly string[];
  readonly bonaFide: string | null;
  /** In words, such as the recipe of the head. */
  readonly trained: string;
  readonly parameters: number;
  readonly people: Readonly<Record<Split, number>>;
  readonly examples: Readonly<Record<Split, ClassCounts>>;
  readonly history: readonly EpochRecord[];
  readonly best: Checkpoint['best'];
  /** On the test split; null where there is no bona fide class. `before` is the model as it was, for fine-tuning. */
  readonly measures: { readonly before: TestMeasures | null; readonly after: TestMeasures | null };
}
