import { Command, Option } from 'commander';
import { methods } from '../../../explain/methods.js';
import type { MaskDesignName } from '../../../perturb/mask-design/mask-design.js';
import type { SegmentFill } from '../../../perturb/segment-fill.js';
import type { MaskMethod } from '../../../study/explain/image-method.js';
import {
  type SegmentationOptions,
  segmentationSettings,
} from '../../../study/explain/segments/segmentation-settings.js';
import { wordings } from '../../../study/explain/wording.js';
import {
  addFaceOptions,
  addFigureOptions,
  addModelOptions,
  addRunOptions,
  addSampleOptions,
  addSegmentOptions,
  addWorkerOptions,
} from '../../options/groups.js';
import { numberBetween, positiveNumber, wholeNumber } from '../../options/parse.js';
import { runStudy } from '../../run-study.js';
import { addGroupOptions, type ImagesOptions } from './options.js';

/** Methods that hide random parts. */
export function maskCommands(): Command[] {
  return [limeCommand(), riseCommand()];
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
      runStudy(async () => (await import('../../../study/explain/explain.js')).explainByMasks, {
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
      runStudy(async () => (await import('../../../study/explain/explain.js')).explainByMasks, {
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
