import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseAugmentations } from '../../../perturb/augment/augment.js';
import { spoofClueNames, spoofClues } from '../../../perturb/spoof/clues.js';
import type { Severity } from '../../../perturb/spoof/spoof-clue.js';
import { Problem } from '../../../problem.js';
import { scheduleNames } from '../../../train/learning-rate.js';
import { optimizerNames } from '../../../train/optimizers/optimizers.js';
import { watchedMeasures } from '../../../train/validation-measures.js';
import type { SplitShares } from '../../../dataset/people/split-people.js';
import { addFaceOptions, addRunOptions, addWorkerOptions } from '../../options/groups.js';
import { checked, nameList, numberBetween, positiveNumber, wholeNumber } from '../../options/parse.js';

/** The usual strengths of training, which differ between a head and a whole network. */
export interface TrainDefaults {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly patience: number;
  readonly warmUp: number;
}

/** The labelled images, and who is in them. */
export function addTrainingDataOptions(command: Command): Command {
  return command
    .requiredOption('--input-path <folder>', 'root folder of the photographs')
    .option(
      '--labels <file>',
      'a CSV with the columns path and class, and identity and split where known; a morph of two people has the ' +
        'identity a+b (default: the class is the name of a folder)',
    )
    .option('--class <name>', 'all images are of this class')
    .option(
      '--identities <scheme>',
      'who is in an image, where --labels does not say it: folder, frll, lfw, file-name, vggface2, image, or a CSV ' +
        '(default: as the paths look)',
    )
    .addOption(
      new Option('--splits <shares>', 'shares of the people for training, validation and test')
        .argParser(checked(parseSplits))
        .default(parseSplits('0.6,0.2,0.2'), '0.6,0.2,0.2'),
    );
}

/** How a network learns. */
export function addTrainingOptions(command: Command, defaults: TrainDefaults): Command {
  command
    .requiredOption(
      '--output <file>',
      'the ONNX file to write; its card lies beside it, the run in <file>.run',
    )
    .option('--epochs <count>', 'most times that all images are shown', wholeNumber(1), defaults.epochs)
    .option('--batch-size <count>', 'images of one step', wholeNumber(1), defaults.batchSize)
    .addOption(new Option('--optimizer <name>', 'rule of the steps').choices(optimizerNames).default('adamw'))
    .option('--learning-rate <rate>', 'highest learning rate', positiveNumber, defaults.learningRate)
    .addOption(
      new Option('--schedule <name>', 'how the learning rate goes').choices(scheduleNames).default('cosine'),
    )
    .option('--warm-up <epochs>', 'epochs in which the rate rises', wholeNumber(0), defaults.warmUp)
    .option('--momentum <share>', 'of sgd', numberBetween(0, 0.9999), 0.9)
    .option('--weight-decay <strength>', 'of kernels and matrices', numberBetween(0, 1), 0.0001)
    .addOption(
      new Option('--stop-on <measure>', 'what is watched on the validation split')
        .choices(Object.keys(watchedMeasures))
        .default('loss'),
    )
    .option(
      '--patience <epochs>',
      'epochs without a better value after which training stops',
      wholeNumber(1),
      defaults.patience,
    )
    .option(
      '--class-weights <weights>',
      'balanced, none, or a weight for each class as in real=1,spoof=2',
      checked(parseClassWeights),
      'balanced',
    )
    .addOption(
      new Option(
        '--augment <names>',
        'classic, none, or names with commas between them, with a strength where not the usual: flip,rotation=5',
      )
        .argParser(checked(parseAugmentations))
        .default(parseAugmentations('classic'), 'classic'),
    )
    .option(
      '--seed <number>',
      'of splits, first weights, order and augmentation',
      wholeNumber(0, 2 ** 32 - 1),
      0,
    )
    .option(
      '--enlarge',
      'also take faces that are smaller than the network’s input (default: such images are skipped)',
    );
  addClueOptions(command);
  addFaceOptions(command);
  return addRunOptions(addWorkerOptions(command));
}

function addClueOptions(command: Command): void {
  command
    .option(
      '--clues <names>',
      `turn bona fide images into attacks by these traces of attacks: ${spoofClueNames.join(', ')}`,
      checked(parseClues),
    )
    .option('--clue-probability <share>', 'how likely in training', numberBetween(0, 1), 0.5)
    .option(
      '--clue-severity <level>',
      'of validation and test, 1 to 5; in training it is drawn',
      (text) => wholeNumber(1, 5)(text) as Severity,
      3,
    )
    .option(
      '--clue-class <name>',
      'the class that such an image is of (default: the one that is not bona fide)',
    );
}

function parseSplits(text: string): SplitShares {
  const [train, validation, test] = text.split(',').map(Number);
  const shares = [train, validation, test];
  const sum = shares.reduce((total, share) => total + share, 0);
  if (text.split(',').length !== 3 || !shares.every((share) => share > 0) || Math.abs(sum - 1) > 1e-6) {
    throw new InvalidArgumentError('It must be three shares above 0 that add up to 1, such as 0.6,0.2,0.2.');
  }
  return { train, validation, test };
}

function parseClassWeights(text: string): 'balanced' | 'none' | Record<string, number> {
  if (text === 'balanced' || text === 'none') return text;
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [name, weight = ''] = part.split('=');
      return [name.trim(), positiveNumber(weight)];
    }),
  );
}

function parseClues(text: string) {
  return nameList(text).map((name) => {
    const clue = spoofClueNames.find((known) => known === name);
    if (clue === undefined) {
      throw new Problem(`clue "${name}"`, 'is not known', `there are ${spoofClueNames.join(', ')}`);
    }
    if (spoofClues[clue].needsMask) {
      throw new Problem(name, 'needs to know where the face is in each image, which training does not');
    }
    return clue;
  });
}
