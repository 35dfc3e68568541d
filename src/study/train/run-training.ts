import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import type { RunFolder } from '../../jobs/run/run-folder.js';
import type { OnnxModel } from '../../onnx/index.js';
import { decodeCheckpoint, encodeCheckpoint, type EpochRecord } from '../../train/checkpoint.js';
import type { Decision } from '../../train/decision.js';
import { fit, type FitResult } from '../../train/fit.js';
import { Learner } from '../../train/learner.js';
import type { Presented, Scored } from '../../train/learner.worker.js';
import { optimizerSettings } from '../../train/optimizers/optimizers.js';
import { parameterCount, withParameters, type Parameter } from '../../train/parameters.js';
import { validationMeasures, watchedMeasures } from '../../train/validation-measures.js';
import { number, percent } from '../report/in-words.js';
import type { StudyContext } from '../study.js';
import { sparkline } from './sparkline.js';
import type { TrainOptions } from './train-options.js';

export interface TrainingRun {
  readonly model: OnnxModel;
  readonly logits: string;
  readonly parameters: readonly Parameter[];
  readonly decision: Decision;
  /** The module of the rows (see `StartRows`) and its options. */
  readonly source: { readonly module: URL; readonly options: unknown };
  readonly pieceSize: number;
  readonly workers: number;
  readonly training: readonly number[];
  readonly present: (item: number, epoch: number) => Presented;
  readonly validation: readonly Presented[];
  readonly test: readonly Presented[];
  readonly options: TrainOptions;
  readonly run: RunFolder;
  readonly context: StudyContext;
}

export interface TrainingOutcome {
  readonly fitted: FitResult;
  /** With the parameters of the best epoch. */
  readonly model: OnnxModel;
  /** Of the model as it was, and as it is now. */
  readonly before: { readonly validation: Scored; readonly test: Scored };
  readonly after: { readonly validation: Scored; readonly test: Scored };
}

/** Trains with checkpoints in the run's folder, from the last one where there is one, and scores validation and test. */
export async function runTraining(training: TrainingRun): Promise<TrainingOutcome> {
  const { model, parameters, decision, options, run, context, validation, test } = training;
  const learner = new Learner({
    model,
    logits: training.logits,
    loss: decision.loss,
    parameters,
    optimizer: optimizerSettings(options.optimizer, options),
    source: training.source,
    batchSize: options.batchSize,
    pieceSize: training.pieceSize,
    workers: training.workers,
    name: options.model,
  });
  try {
    const scores = async () => ({
      validation: await learner.score(validation),
      test: await learner.score(test),
    });
    const before = await scores();
    const checkpointFile = join(run.folder, 'checkpoint.safetensors');
    const count = parameterCount(parameters);
    const resume = existsSync(checkpointFile)
      ? decodeCheckpoint(readFileSync(checkpointFile), {
          run: run.record.started,
          count,
          file: checkpointFile,
        })
      : undefined;
    const history: EpochRecord[] = [...(resume?.history ?? [])];
    const watched = watchedMeasures[options.stopOn];
    const steps = Math.ceil(training.training.length / options.batchSize);
    const tell = (event: Parameters<StudyContext['listen']>[0]) => {
      run.log(event);
      context.listen(event);
    };
    const start = performance.now();
    tell({ type: 'started', title: 'training', total: options.epochs, before: history.length });
    const fitted = await fit(
      learner,
      {
        training: training.training,
        present: training.present,
        validation,
        measure: (scored, rows) => validationMeasures(scored, rows, decision),
      },
      {
        epochs: options.epochs,
        batchSize: options.batchSize,
        seed: options.seed,
        schedule: { name: options.schedule, rate: options.learningRate },
        warmUp: options.warmUp,
        patience: options.patience,
        stopOn: { measure: options.stopOn, lowerIsBetter: watched.lowerIsBetter },
      },
      {
        resume,
        signal: context.signal,
        save: (checkpoint) =>
          writeFileAtomic(checkpointFile, encodeCheckpoint(checkpoint, run.record.started)),
        onEpoch: (record) => {
          history.push(record);
          tell({ type: 'done', item: `epoch ${record.epoch}` });
          const event = { type: 'note', level: 'info', message: epochInWords(history) } as const;
          run.log(event);
          if (isShown(record.epoch, options.epochs)) context.listen(event);
        },
        locate: (batch) => learner.locate(batch),
      },
    );
    const done = fitted.history.length;
    const seconds = (performance.now() - start) / 1000;
    const counts = { done, skipped: 0, failed: 0 };
    tell({ type: 'finished', title: 'training', ...counts, seconds, stopped: context.signal.aborted });
    const message =
      `best ${options.stopOn} ${fitted.best.value === null ? 'none' : number(fitted.best.value)} after epoch ` +
      `${fitted.best.epoch} of ${done}, ${steps} steps each`;
    tell({ type: 'note', level: 'info', message });
    const trained = withParameters(model, parameters, learner.parameters.slice());
    return { fitted, model: trained, before, after: await scores() };
  } finally {
    await learner.close();
  }
}

/** Short trainings show every epoch, long ones some thirty. */
function isShown(epoch: number, epochs: number): boolean {
  return epoch === 1 || epoch % Math.max(1, Math.round(epochs / 30)) === 0;
}

function epochInWords(history: readonly EpochRecord[]): string {
  const { epoch, trainingLoss, validation } = history.at(-1)!;
  const curve = sparkline(history.map((record) => record.trainingLoss));
  const { loss, 'd-eer': equalErrorRate, accuracy } = validation;
  const measured = [
    ...(loss === null ? [] : [`validation loss ${number(loss)}`]),
    ...(equalErrorRate === null ? [] : [`d-eer ${percent(equalErrorRate)} %`]),
    ...(accuracy === null ? [] : [`accuracy ${percent(accuracy)} %`]),
  ].join(', ');
  return `epoch ${epoch}: loss ${number(trainingLoss)} ${curve} ${measured}`;
}
