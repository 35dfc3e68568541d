import { join } from 'node:path';
import type { Split } from '../../dataset/people/split-people.js';
import type { RunFolder } from '../../jobs/run/run-folder.js';
import type { Card } from '../../model/card.js';
import type { OnnxModel } from '../../onnx/index.js';
import type { Decision } from '../../train/decision.js';
import { parameterCount, type Parameter } from '../../train/parameters.js';
import type { ClassCounts } from './count-classes.js';
import type { Example } from './examples.js';
import type { TrainingOutcome } from './run-training.js';
import { scoredExamples, writeScoredExamples } from './score-table.js';
import type { TrainSummary } from './summary.js';
import { testMeasures, type TestMeasures } from './test-measures.js';
import type { TrainingData } from './training-data.js';
import { writeTrainedModel } from './write-trained-model.js';

/** A training that came to its end. */
export interface FinishedTraining {
  readonly run: RunFolder;
  /** Where the model goes, and its card. */
  readonly file: string;
  readonly model: OnnxModel;
  readonly card: Card;
  /** What was trained, in words. */
  readonly trained: string;
  readonly parameters: readonly Parameter[];
  readonly data: TrainingData;
  readonly decision: Decision;
  /** What was learned from and measured on. */
  readonly examples: Readonly<Record<Split, readonly Example[]>>;
  readonly counts: Readonly<Record<Split, ClassCounts>>;
  readonly outcome: TrainingOutcome;
  /** Whether the model as it was is measured too; a head that was not trained says nothing. */
  readonly compare: boolean;
}

/** Puts the summary into the record of the run, the test's scores beside it, and writes the model with its card. */
export async function concludeTraining(training: FinishedTraining): Promise<void> {
  const { run, card, data, decision, examples, outcome } = training;
  const after = scoresOf('after');
  const before = training.compare ? scoresOf('before') : undefined;
  const summary: TrainSummary = {
    classes: decision.classes,
    bonaFide: card.bonaFide ?? null,
    trained: training.trained,
    parameters: parameterCount(training.parameters),
    people: data.people,
    examples: training.counts,
    history: outcome.fitted.history,
    best: outcome.fitted.best,
    measures: { before: measuresOf(before), after: measuresOf(after) },
  };
  Object.assign(run.record.results, summary);
  for (const [scores, name] of [
    [before, 'test-scores-before.csv'],
    [after, 'test-scores.csv'],
  ] as const) {
    if (scores?.test === undefined) continue;
    await writeScoredExamples(join(run.folder, name), scores.test, examples.test, data.images);
  }
  await writeTrainedModel(training.file, training.model, card);

  function scoresOf(when: 'before' | 'after') {
    const of = (split: 'validation' | 'test') =>
      scoredExamples(outcome[when][split], examples[split], data.images, decision);
    return { validation: of('validation'), test: of('test') };
  }

  function measuresOf(scores: ReturnType<typeof scoresOf> | undefined): TestMeasures | null {
    return scores?.test === undefined || scores.validation === undefined
      ? null
      : testMeasures(scores.test, scores.validation);
  }
}
