import { Problem } from '../problem.js';
import { batchesOf } from './batch-order.js';
import type { Checkpoint, EpochRecord } from './checkpoint.js';
import type { Learner } from './learner.js';
import type { Presented, Scored } from './learner.worker.js';
import { learningRate, type Schedule } from './learning-rate.js';

export interface FitOptions {
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly schedule: Omit<Schedule, 'steps' | 'warmUp'>;
  /** Epochs in which the learning rate rises. */
  readonly warmUp: number;
  /** Epochs without a better value after which training stops. */
  readonly patience: number;
  /** What is watched, by its name in the validation measures, and whether less of it is better. */
  readonly stopOn: { readonly measure: string; readonly lowerIsBetter: boolean };
}

export interface FitData {
  /** Images to learn from: how one is shown in an epoch (from 0). */
  readonly training: readonly number[];
  readonly present: (item: number, epoch: number) => Presented;
  /** Images to watch, as they are. */
  readonly validation: readonly Presented[];
  readonly measure: (scored: Scored, rows: readonly Presented[]) => Readonly<Record<string, number | null>>;
}

export interface FitContext {
  /** Where to go on. */
  readonly resume?: Checkpoint | undefined;
  readonly signal: AbortSignal;
  /** Called after every epoch; what it saves is what a later call can resume from. */
  readonly save: (checkpoint: Checkpoint) => void | Promise<void>;
  readonly onStep?: (epoch: number, step: number, steps: number, loss: number) => void;
  readonly onEpoch?: (record: EpochRecord) => void;
  /** Names the layer where a batch ceases to be finite. */
  readonly locate?: (batch: readonly Presented[]) => Promise<string>;
}

export interface FitResult {
  readonly history: readonly EpochRecord[];
  readonly best: Checkpoint['best'];
  /** Whether it ended by itself, rather than by the signal. */
  readonly complete: boolean;
}

/**
 * Trains until the epochs are over or the watched measure has not improved for `patience` of them, and leaves the learner
 * with the parameters of the best epoch. Of equals the first is best. Every random choice depends on seed and epoch
 * alone, so a training that is resumed gives the same bytes as one that was never stopped.
 * @throws {Problem} where loss or gradients are not finite; what was saved last is still good.
 */
export async function fit(
  learner: Learner,
  data: FitData,
  options: FitOptions,
  context: FitContext,
): Promise<FitResult> {
  const { batchSize, epochs, patience, seed } = options;
  const steps = Math.ceil(data.training.length / batchSize);
  const schedule: Schedule = { ...options.schedule, steps: steps * epochs, warmUp: steps * options.warmUp };
  let checkpoint = context.resume ?? (await untrained(learner, data, options));
  restore(learner, checkpoint);

  while (!isOver(checkpoint, epochs, patience)) {
    const epoch = checkpoint.history.length;
    let { step } = checkpoint;
    let sum = 0;
    for (const items of batchesOf(data.training, { size: batchSize, seed, epoch })) {
      if (context.signal.aborted) return finish(learner, checkpoint, false);
      const batch = normalised(items.map((item) => data.present(item, epoch)));
      const loss = await learner.gradient(batch);
      const broken = Number.isFinite(loss)
        ? await learner.update(batch.length, learningRate(schedule, step), step + 1)
        : ['the loss'];
      if (broken.length > 0) throw await notFinite(epoch, step, broken, batch, context);
      step += 1;
      sum += loss * batch.length;
      context.onStep?.(epoch, step - epoch * steps, steps, loss);
    }
    const record: EpochRecord = {
      epoch: epoch + 1,
      trainingLoss: sum / data.training.length,
      learningRate: learningRate(schedule, step - 1),
      validation: await validate(learner, data),
    };
    const value = record.validation[options.stopOn.measure] ?? null;
    const isBest = isBetter(value, checkpoint.best.value, options.stopOn.lowerIsBetter);
    checkpoint = {
      step,
      history: [...checkpoint.history, record],
      best: isBest ? { epoch: epoch + 1, value } : checkpoint.best,
      parameters: learner.parameters.slice(),
      bestParameters: isBest ? learner.parameters.slice() : checkpoint.bestParameters,
      state: learner.state.map((values) => values.slice()),
    };
    await context.save(checkpoint);
    context.onEpoch?.(record);
  }
  return finish(learner, checkpoint, true);
}

/** The state before the first step. It counts as an epoch, so that training never ends with something worse. */
async function untrained(learner: Learner, data: FitData, { stopOn }: FitOptions): Promise<Checkpoint> {
  const validation = await validate(learner, data);
  return {
    step: 0,
    history: [],
    best: { epoch: 0, value: validation[stopOn.measure] ?? null },
    parameters: learner.parameters.slice(),
    bestParameters: learner.parameters.slice(),
    state: learner.state.map((values) => values.slice()),
  };
}

function restore(learner: Learner, { parameters, state }: Checkpoint): void {
  learner.parameters.set(parameters);
  learner.state.forEach((values, at) => {
    values.set(state[at]);
  });
  learner.changed();
}

function isOver({ history, best }: Checkpoint, epochs: number, patience: number): boolean {
  return history.length >= epochs || history.length - best.epoch >= patience;
}

function finish(
  learner: Learner,
  { history, best, bestParameters }: Checkpoint,
  complete: boolean,
): FitResult {
  learner.parameters.set(bestParameters);
  learner.changed();
  return { history, best, complete };
}

async function validate(learner: Learner, { validation, measure }: FitData) {
  return measure(await learner.score(validation), validation);
}

function isBetter(value: number | null, best: number | null, lowerIsBetter: boolean): boolean {
  if (value === null) return false;
  return best === null || (lowerIsBetter ? value < best : value > best);
}

/** The weights of a batch add up to 1: its loss is a weighted mean. */
function normalised(batch: readonly Presented[]): Presented[] {
  const total = batch.reduce((sum, { weight }) => sum + weight, 0);
  return batch.map((row) => ({ ...row, weight: row.weight / total }));
}

async function notFinite(
  epoch: number,
  step: number,
  broken: readonly string[],
  batch: readonly Presented[],
  { locate }: FitContext,
): Promise<Problem> {
  const layer = (await locate?.(batch)) ?? `the gradient is not finite at ${broken[0]}`;
  return new Problem(
    'training',
    `stopped at step ${step + 1} (epoch ${epoch + 1}): ${layer}; the checkpoint of epoch ${epoch} is kept`,
    'lower --learning-rate, or look for images with broken pixels or labels',
  );
}
