import { Command, Option } from 'commander';
import { methods } from '../../../explain/methods.js';
import { type XFaceDistance, xFaceDistances } from '../../../explain/xface.js';
import type { ExplainPairOptions } from '../../../study/pair/explain-pair.js';
import type { PairMethod } from '../../../study/pair/pair-method.js';
import { addFaceOptions, addRunOptions } from '../../options/groups.js';
import { nameList, numberBetween, wholeNumber } from '../../options/parse.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';

/** Methods that explain the similarity of two images. */
export function pairCommands(): Command[] {
  return [
    pairCommand('xssab', ({ threshold }) => ({ name: 'xssab', threshold: threshold! }))
      .requiredOption(
        '--threshold <cosine>',
        'cosine from which the model accepts a match; it decides which terms of the cosine are positive',
        numberBetween(-1, 1),
      )
      .option('--save-gradients', 'write the gradients as well (.npy, height x width x channels)'),
    pairCommand('fggb', ({ threshold, batchSize }) => ({ name: 'fggb', threshold: threshold!, batchSize }))
      .requiredOption(
        '--threshold <cosine>',
        'cosine from which the model accepts a match; each value of the embedding is weighed against its share',
        numberBetween(-1, 1),
      )
      .option(
        '--batch-size <count>',
        'values of the embedding that go backward together',
        wholeNumber(1),
        16,
      ),
    blackBoxCommand('corrrise', ({ threshold = null, masks, patches, patchSize, maskSeed, batchSize }) => ({
      name: 'corrrise',
      threshold,
      masks,
      patches,
      patchSize,
      seed: maskSeed,
      batchSize,
    }))
      .option('--masks <count>', 'random masks', wholeNumber(2), 500)
      .option('--patches <count>', 'squares that each mask hides', wholeNumber(1), 3)
      .option('--patch-size <pixels>', 'side of a square', wholeNumber(1), 30)
      .option('--mask-seed <number>', 'seed of the masks', wholeNumber(0), 0),
    blackBoxCommand('xface', ({ threshold = null, patchSizes, stride, distance, batchSize }) => ({
      name: 'xface',
      threshold,
      patchSizes,
      stride,
      distance,
      batchSize,
    }))
      .option(
        '--patch-sizes <pixels>',
        'sides of the squares, with commas between them',
        (text) => nameList(text).map(wholeNumber(1)),
        [7, 14, 28],
      )
      .option('--stride <pixels>', 'step of the squares', wholeNumber(1), 5)
      .addOption(
        new Option(
          '--distance <masks>',
          'what hides the other image: every square of that size in turn, nothing, or the same square',
        )
          .choices(xFaceDistances)
          .default('no-mask'),
      ),
  ];
}

/** The options of all methods for pairs; commander fills in those of the one at hand. */
interface PairOptions {
  readonly threshold?: number;
  readonly masks: number;
  readonly patches: number;
  readonly patchSize: number;
  readonly maskSeed: number;
  readonly patchSizes: readonly number[];
  readonly stride: number;
  readonly distance: XFaceDistance;
  readonly batchSize: number;
}

function pairCommand(name: PairMethod['name'], methodOf: (options: PairOptions) => PairMethod): Command {
  const { summary } = methods[name];
  const command = new Command(name)
    .summary(summary)
    .description(
      `Shows ${summary}. Writes into the folders a and b the maps of both images (positive.npy, negative.npy, ` +
        'combined.npy) with their overlays, and beside them pair.png, result.json with cosine and decision, ' +
        'regions.csv with the share of the evidence in each region of the face, and a report.',
    )
    .argument('<image>', 'image file: a')
    .requiredOption('--reference <image>', 'the image that it is compared with: b')
    .requiredOption('--output <folder>', 'where maps and figures go; the only place that is written to')
    .requiredOption('--model <model>', 'a file (.onnx, .tflite) or a name from `faceprobe models list`')
    .option('--card <file>', 'what goes in and what comes out (default: <model>.card.json, else the zoo)')
    .option('--aligned', 'the images are what the model sees: do not look for a face')
    .option(
      '--scores <file>',
      'scores of your own pairs, labelled genuine or impostor: adds the probability of a match',
    )
    .option('--no-regions', 'do not add up the evidence by regions of the face')
    .option('--no-photos', 'leave the photographs out of figures')
    .option('--alpha <opacity>', 'opacity of the maps over the photographs', numberBetween(0, 1), 0.6)
    .option('--dpi <dots>', 'resolution of the figures, which are 8 inches wide', wholeNumber(20), 200);
  addFaceOptions(command);
  addRunOptions(command);
  return command.action(
    (image: string, options: Omit<ExplainPairOptions, 'image' | 'method'> & PairOptions & TerminalOptions) =>
      runStudy(async () => (await import('../../../study/pair/explain-pair.js')).explainPair, {
        ...options,
        image,
        method: methodOf(options),
      }),
  );
}

/** A method for pairs that only runs the model, so that it needs no threshold. */
function blackBoxCommand(name: PairMethod['name'], methodOf: (options: PairOptions) => PairMethod): Command {
  return pairCommand(name, methodOf)
    .option(
      '--threshold <cosine>',
      'cosine from which the model accepts a match (default: none, so no decision)',
      numberBetween(-1, 1),
    )
    .option('--batch-size <count>', 'images a forward pass', wholeNumber(1), 16);
}
