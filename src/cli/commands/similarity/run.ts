import { Command } from 'commander';
import type { SegmentFill } from '../../../perturb/segment-fill.js';
import type { MaskDesignName } from '../../../perturb/mask-design/mask-design.js';
import {
  type SegmentationOptions,
  segmentationSettings,
} from '../../../study/explain/segments/segmentation-settings.js';
import type { SimilarityRunOptions } from '../../../study/similarity/similarity-options.js';
import {
  addFaceOptions,
  addRunOptions,
  addSampleOptions,
  addSegmentOptions,
  addWorkerOptions,
} from '../../options/groups.js';
import { numberBetween, positiveNumber, wholeNumber } from '../../options/parse.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';
import { addComparisonOptions, addGroupingOptions, addStudyOption } from './options.js';

/** What the command line has of LIME. */
interface LimeOptions extends SegmentationOptions {
  readonly samples: number;
  readonly design: MaskDesignName;
  readonly untilStable?: boolean;
  readonly tolerance: number;
  readonly fill: SegmentFill;
  readonly kernelWidth: number;
  readonly ridge: number;
  readonly features?: number;
  readonly seed: number;
}

export function similarityRunCommand(): Command {
  const command = new Command('run')
    .summary('explain every photograph by every model, add up, compare, and report')
    .description(
      'Explains by LIME what each model reads in each photograph (the similarity of a face to itself), lays the maps on a ' +
        'common face, averages them over the photographs of a person, models, families of models and groups of people, ' +
        'compares the means, and writes OUTPUT/report.html.',
    )
    .requiredOption('--input-path <folder...>', 'folders of photographs, identities at any depth')
    .requiredOption(
      '--model <model...>',
      'recognition models: files (.onnx, .tflite) or names from `faceprobe models list`',
    )
    .option(
      '--card <card...>',
      'MODEL=FILE: what goes in and what comes out, for a model without (default: <model>.card.json, else the zoo)',
    )
    .option('--aligned', 'the images are what the models see: do not crop')
    .option('--batch-size <count>', 'images a forward pass', wholeNumber(1), 16)
    .option('--limit <count>', 'images a person, the first ones (default: all)', wholeNumber(1));
  addStudyOption(command);
  addGroupingOptions(command);
  addComparisonOptions(command);
  addSampleOptions(addSegmentOptions(command), 1000, 'gray')
    .option('--kernel-width <width>', 'how fast samples count less the more they hide', positiveNumber, 0.25)
    .option('--ridge <strength>', 'of the ridge regression', numberBetween(0, 1e9), 1)
    .option('--features <count>', 'segments that keep a weight (default: all)', wholeNumber(1))
    .option('--seed <number>', 'seed of masks, intervals and tests', wholeNumber(0, 2 ** 32 - 1), 0)
    .option('--no-photos', 'keep and show no photographs');
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action((options: Omit<SimilarityRunOptions, 'method'> & LimeOptions & TerminalOptions) =>
    runStudy(async () => (await import('../../../study/similarity/run.js')).runSimilarity, {
      ...options,
      method: {
        name: 'lime',
        samples: options.samples,
        fill: options.fill,
        untilStable: options.untilStable === true ? options.tolerance : null,
        seed: options.seed,
        segmentation: segmentationSettings(options),
        design: options.design,
        kernelWidth: options.kernelWidth,
        ridge: options.ridge,
        features: options.features ?? null,
      },
    }),
  );
}
