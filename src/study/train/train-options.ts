import type { SplitShares } from '../../dataset/people/split-people.js';
import type { AugmentationSettings } from '../../perturb/augment/augment.js';
import type { SpoofClueName } from '../../perturb/spoof/clues.js';
import type { Severity } from '../../perturb/spoof/spoof-clue.js';
import type { ClassWeights } from '../../train/class-weights.js';
import type { Schedule } from '../../train/learning-rate.js';
import type { OptimizerName } from '../../train/optimizers/optimizers.js';
import type { WatchedMeasure } from '../../train/validation-measures.js';
import type { FaceOptions } from '../faces/face-tools.js';
import type { StudyOptions } from '../study.js';

/** What `train head` and `train finetune` have in common. */
export interface TrainOptions extends FaceOptions, StudyOptions {
  readonly model: string;
  readonly card?: string | undefined;
  readonly aligned?: boolean | undefined;
  readonly enlarge?: boolean | undefined;
  readonly inputPath: string;
  readonly labels?: string | undefined;
  readonly class?: string | undefined;
  readonly identities?: string | undefined;
  readonly splits: SplitShares;
  /** The ONNX file. The record of the run lies in a folder of the same name with `.run` at its end. */
  readonly output: string;
  readonly seed: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly schedule: Schedule['name'];
  readonly warmUp: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly patience: number;
  readonly stopOn: WatchedMeasure;
  readonly classWeights: ClassWeights;
  readonly augment: AugmentationSettings;
  readonly clues?: readonly SpoofClueName[] | undefined;
  readonly clueProbability: number;
  readonly clueSeverity: Severity;
  readonly clueClass?: string | undefined;
}

/** The settings of a training that its record keeps, those of its data apart. */
export function trainingSettings(options: TrainOptions): Record<string, unknown> {
  const { optimizer, momentum, clues } = options;
  return {
    splits: options.splits,
    seed: options.seed,
    epochs: options.epochs,
    batchSize: options.batchSize,
    optimizer,
    learningRate: options.learningRate,
    schedule: options.schedule,
    warmUp: options.warmUp,
    ...(optimizer === 'sgd' ? { momentum } : {}),
    weightDecay: options.weightDecay,
    patience: options.patience,
    stopOn: options.stopOn,
    classWeights: options.classWeights,
    augment: options.augment,
    ...(clues === undefined
      ? {}
      : { clues, clueProbability: options.clueProbability, clueSeverity: options.clueSeverity }),
  };
}
