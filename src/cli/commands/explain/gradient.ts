import { Command, Option } from 'commander';
import { baselineNames } from '../../../explain/integrated-gradients.js';
import { methods } from '../../../explain/methods.js';
import type { GradientMethod } from '../../../study/explain/image-method.js';
import { wordings } from '../../../study/explain/wording.js';
import { quadratureRules } from '../../../tensor/quadrature.js';
import {
  addFaceOptions,
  addFigureOptions,
  addModelOptions,
  addRunOptions,
  addWorkerOptions,
} from '../../options/groups.js';
import { numberBetween, wholeNumber } from '../../options/parse.js';
import { runStudy } from '../../run-study.js';
import { addGroupOptions, type ImagesOptions } from './options.js';

/** Methods that differentiate the network by its input. */
export function gradientCommands(): Command[] {
  return [
    gradientCommand('gradient', () => ({ name: 'gradient' })),
    gradientCommand('input-x-gradient', () => ({ name: 'input-x-gradient' })),
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
  ];
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
    .option('--reference <image>', 'verification: explain the similarity to this face')
    .option('--no-regions', 'do not add up the maps by regions of the face, which takes landmarks');
  addGroupOptions(command);
  addFigureOptions(command, wordings[name].signed ? 'coolwarm' : 'inferno');
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action((images: string[], options: ImagesOptions & GradientOptions) =>
    runStudy(async () => (await import('../../../study/explain/explain.js')).explainByGradient, {
      ...options,
      images,
      method: methodOf(options),
    }),
  );
}
