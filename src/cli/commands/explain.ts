import { Command, Option } from 'commander';
import { faceRegions } from '../../face/regions.js';
import { baselineNames } from '../../explain/integrated-gradients.js';
import { methods } from '../../explain/methods.js';
import {
  explainByGradient,
  explainByOcclusion,
  type ExplainImagesOptions,
  type ExplainOptions,
} from '../../study/explain/explain.js';
import type { GradientMethod } from '../../study/explain/image-method.js';
import { wordings } from '../../study/explain/wording.js';
import { quadratureRules } from '../../tensor/quadrature.js';
import {
  addFaceOptions,
  addFigureOptions,
  addModelOptions,
  addOcclusionOptions,
  addRunOptions,
  addWorkerOptions,
} from '../options/groups.js';
import { numberBetween, wholeNumber } from '../options/parse.js';
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
    runStudy(explainByOcclusion, { ...options, images }),
  );
}

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
    .option('--reference <image>', 'verification: explain the similarity to this face');
  addGroupOptions(command);
  addFigureOptions(command, wordings[name].signed ? 'coolwarm' : 'inferno');
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action(
    (images: string[], options: Omit<ExplainImagesOptions, 'images'> & GradientOptions & TerminalOptions) =>
      runStudy(explainByGradient, { ...options, images, method: methodOf(options) }),
  );
}

/** How mean maps are grouped, and what may be shown. */
function addGroupOptions(command: Command): Command {
  return command
    .option('--labels <file>', 'CSV with a column file or path and the columns to group by')
    .option(
      '--group-by <column>',
      'mean maps and rankings per value of this column (default: the folder of the image)',
    )
    .option('--seed <number>', 'seed of the bootstrap intervals', wholeNumber(0), 0)
    .option('--no-photos', 'leave the photographs out of figures and report');
}
