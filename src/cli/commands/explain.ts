import { Command, Option } from 'commander';
import { faceRegions } from '../../face/regions.js';
import { baselineNames } from '../../explain/integrated-gradients.js';
import type { SegmentFill } from '../../perturb/segment-fill.js';
import { methods } from '../../explain/methods.js';
import { type XFaceDistance, xFaceDistances } from '../../explain/xface.js';
import type { MaskDesignName } from '../../perturb/mask-design/mask-design.js';
import type { ExplainImagesOptions, ExplainOptions } from '../../study/explain/explain.js';
import type { GradientMethod, MaskMethod } from '../../study/explain/image-method.js';
import {
  type SegmentationOptions,
  segmentationSettings,
} from '../../study/explain/segments/segmentation-settings.js';
import { wordings } from '../../study/explain/wording.js';
import type { ExplainPairOptions } from '../../study/pair/explain-pair.js';
import type { PairMethod } from '../../study/pair/pair-method.js';
import { quadratureRules } from '../../tensor/quadrature.js';
import {
  addFaceOptions,
  addFigureOptions,
  addModelOptions,
  addOcclusionOptions,
  addRunOptions,
  addSampleOptions,
  addSegmentOptions,
  addWorkerOptions,
} from '../options/groups.js';
import { nameList, numberBetween, positiveNumber, wholeNumber } from '../options/parse.js';
import { runStudy, type TerminalOptions } from '../run-study.js';

export function explainCommand(): Command {
  return new Command('explain')
    .summary('show which parts of a face a model looks at')
    .description('Explains what a model says about images, by one of the methods below.')
    .addCommand(occlusionCommand())
    .addCommand(gradientCommand('gradient', () => ({ name: 'gradient' })))
    .addCommand(gradientCommand('input-x-gradient', () => ({ name: 'input-x-gradient' })))
    .addCommand(
      gradientCommand('integrated-gradients', ({ steps, quadrature, baseline }) => ({
        name: 'integrated-gradients',
        steps,
        quadrature,
        baseline,
      }))
        .option('--steps <count>', 'gradients on the way from the baseline to the image', wholeNumber(2), 50)
        .addOption(
          new Option('--quadrature <rule>', 'how the gradients are weighed')
            .choices(quadratureRules)
            .default('gauss-legendre'),
        )
        .addOption(
          new Option('--baseline <image>', 'where the way begins: black, or zero in the network’s input')
            .choices(baselineNames)
            .default('black'),
        ),
    )
    .addCommand(
      gradientCommand('smoothgrad', ({ samples, noise, noiseSeed }) => ({
        name: 'smoothgrad',
        samples,
        noise,
        noiseSeed,
      }))
        .option('--samples <count>', 'noisy copies of the image', wholeNumber(1), 50)
        .option(
          '--noise <share>',
          'standard deviation of the noise as a share of the range of the input',
          numberBetween(0, 10),
          0.15,
        )
        .option('--noise-seed <number>', 'seed of the noise', wholeNumber(0), 0),
    )
    .addCommand(limeCommand())
    .addCommand(riseCommand())
    .addCommand(
      pairCommand('xssab', ({ threshold }) => ({ name: 'xssab', threshold: threshold! }))
        .requiredOption(
          '--threshold <cosine>',
          'cosine from which the model accepts a match; it decides which terms of the cosine are positive',
          numberBetween(-1, 1),
        )
        .option('--save-gradients', 'write the gradients as well (.npy, height x width x channels)'),
    )
    .addCommand(
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
    )
    .addCommand(
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
    )
    .addCommand(
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
    );
}

function occlusionCommand(): Command {
  const command = new Command('occlusion')
    .summary('hide one part at a time and see how the score moves')
    .description(
      'Hides one part of the face at a time, without writing the occluded images, and maps how much the score falls. ' +
        'Writes the raw map (.npy), an overlay (.png) and its provenance (.json) for every image, mean maps per class, ' +
        'the regions ranked by effect with 95 % intervals, and a report.',
    )
    .argument('<image...>', 'image files or folders')
    .requiredOption('--output <folder>', 'where maps and report go; the only place that is written to');
  addModelOptions(command)
    .option(
      '--target <target>',
      'what is explained: bona-fide or a class, logit:CLASS (does not saturate), self-similarity, or a quantity',
    )
    .option(
      '--reference <image>',
      'verification: explain the similarity to this face (default: to the image itself)',
    )
    .addOption(
      new Option(
        '--mode <mode>',
        'what is hidden: a sliding window, cells of a grid, regions, or cells and regions',
      )
        .choices(['window', 'grid', 'landmark', 'both'])
        .default('window'),
    );
  addOcclusionOptions(command, faceRegions);
  addGroupOptions(command);
  addFigureOptions(command, 'coolwarm');
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action((images: string[], options: Omit<ExplainOptions, 'images'> & TerminalOptions) =>
    runStudy(async () => (await import('../../study/explain/explain.js')).explainByOcclusion, {
      ...options,
      images,
    }),
  );
}

/** What every command that explains single images takes, and how it shows its progress. */
type ImagesOptions = Omit<ExplainImagesOptions, 'images'> & TerminalOptions;

/** The options of all gradient methods; commander fills in those of the one at hand. */
type GradientOptions = Omit<Extract<GradientMethod, { steps: number }>, 'name'> &
  Omit<Extract<GradientMethod, { samples: number }>, 'name'>;

function gradientCommand(
  name: GradientMethod['name'],
  methodOf: (options: GradientOptions) => GradientMethod,
): Command {
  const { summary } = methods[name];
  const command = new Command(name)
    .summary(summary)
    .description(
      `Shows ${summary}. Needs a model whose operators can be differentiated. Writes the raw map (.npy), an ` +
        'overlay (.png) and its provenance (.json) for every image, mean maps per class, and a report.',
    )
    .argument('<image...>', 'image files or folders')
    .requiredOption('--output <folder>', 'where maps and report go; the only place that is written to');
  addModelOptions(command)
    .option(
      '--target <target>',
      'what is explained: bona-fide or a class, logit:CLASS (does not saturate), or a quantity',
    )
    .option('--reference <image>', 'verification: explain the similarity to this face')
    .option('--no-regions', 'do not add up the maps by regions of the face, which takes landmarks');
  addGroupOptions(command);
  addFigureOptions(command, wordings[name].signed ? 'coolwarm' : 'inferno');
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action(
    (images: string[], options: Omit<ExplainImagesOptions, 'images'> & GradientOptions & TerminalOptions) =>
      runStudy(async () => (await import('../../study/explain/explain.js')).explainByGradient, {
        ...options,
        images,
        method: methodOf(options),
      }),
  );
}

/** The options that the methods with random masks share. */
interface MaskOptions extends SegmentationOptions {
  readonly samples: number;
  readonly design: MaskDesignName;
  readonly untilStable?: boolean;
  readonly tolerance: number;
  readonly fill: SegmentFill;
}

function limeCommand(): Command {
  return maskCommand('lime', 1000, 'gray', (command) =>
    addSegmentOptions(command)
      .option(
        '--kernel-width <width>',
        'how fast samples count less the more they hide',
        positiveNumber,
        0.25,
      )
      .option('--ridge <strength>', 'of the ridge regression', numberBetween(0, 1e9), 1)
      .option('--features <count>', 'segments that keep a weight (default: all)', wholeNumber(1))
      .addOption(
        new Option('--compat <rules>', 'upstream: a similarity is (1 + cosine) / 2').choices(['upstream']),
      ),
  ).action(
    (
      images: string[],
      options: ImagesOptions &
        MaskOptions & { kernelWidth: number; ridge: number; features?: number; compat?: 'upstream' },
    ) =>
      runStudy(async () => (await import('../../study/explain/explain.js')).explainByMasks, {
        ...options,
        images,
        method: {
          name: 'lime',
          ...sampling(options),
          segmentation: segmentationSettings(options),
          design: options.design,
          kernelWidth: options.kernelWidth,
          ridge: options.ridge,
          features: options.features ?? null,
          compat: options.compat,
        },
      }),
  );
}

function riseCommand(): Command {
  return maskCommand('rise', 4000, 'black', (command) =>
    addSegmentOptions(
      command
        .addOption(
          new Option('--masks <kind>', 'what is hidden: cells of smooth random grids, or segments')
            .choices(['grid', 'segments'])
            .default('grid'),
        )
        .option('--cells <count>', 'masks grid: cells of the random grid along each side', wholeNumber(2), 7)
        .option(
          '--shown <share>',
          'masks grid: share of the cells that are shown',
          numberBetween(0.01, 0.99),
          0.5,
        ),
    ),
  ).action(
    (
      images: string[],
      options: ImagesOptions & MaskOptions & { masks: 'grid' | 'segments'; cells: number; shown: number },
    ) =>
      runStudy(async () => (await import('../../study/explain/explain.js')).explainByMasks, {
        ...options,
        images,
        method: {
          name: 'rise',
          ...sampling(options),
          masks:
            options.masks === 'grid'
              ? { kind: 'grid', cells: options.cells, shown: options.shown }
              : {
                  kind: 'segments',
                  segmentation: segmentationSettings(options),
                  design: options.design,
                },
        },
      }),
  );
}

function sampling({ samples, fill, untilStable = false, tolerance, seed }: MaskOptions & { seed: number }) {
  return { samples, fill, untilStable: untilStable ? tolerance : null, seed };
}

function maskCommand(
  name: MaskMethod['name'],
  samples: number,
  fill: SegmentFill,
  addOwn: (command: Command) => Command,
): Command {
  const { summary } = methods[name];
  const command = new Command(name)
    .summary(summary)
    .description(
      `Shows which parts of the face the score depends on: ${summary}. Any model will do. Writes the raw map (.npy), an ` +
        'overlay (.png) and its provenance (.json) for every image, the segments where there are any, mean maps per ' +
        'class, and a report.',
    )
    .argument('<image...>', 'image files or folders')
    .requiredOption('--output <folder>', 'where maps and report go; the only place that is written to');
  addModelOptions(command)
    .option(
      '--target <target>',
      'what is explained: bona-fide or a class, logit:CLASS (does not saturate), self-similarity, or a quantity',
    )
    .option(
      '--reference <image>',
      'verification: explain the similarity to this face (default: to the image itself)',
    );
  addSampleOptions(addOwn(command), samples, fill);
  addGroupOptions(command, 'segments, samples and bootstrap intervals');
  addFigureOptions(command, wordings[name].signed ? 'coolwarm' : 'inferno');
  addFaceOptions(command);
  return addRunOptions(addWorkerOptions(command));
}

/** How mean maps are grouped, and what may be shown. */
function addGroupOptions(command: Command, seeded = 'the bootstrap intervals'): Command {
  return command
    .option('--labels <file>', 'CSV with a column file or path and the columns to group by')
    .option(
      '--group-by <column>',
      'mean maps and rankings per value of this column (default: the folder of the image)',
    )
    .option('--seed <number>', `seed of ${seeded}`, wholeNumber(0, 2 ** 32 - 1), 0)
    .option('--no-photos', 'leave the photographs out of figures and report');
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
      runStudy(async () => (await import('../../study/pair/explain-pair.js')).explainPair, {
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
