import { Command, Option } from 'commander';
import { checkEpsilon } from '../../../perturb/adversarial/gradient-noise.js';
import { gradientNoiseMethods, gradientNoiseMethodNames } from '../../../perturb/adversarial/methods.js';
import { normNames } from '../../../perturb/adversarial/norms/norms.js';
import { noiseGoals } from '../../../study/perturb/attacked-model/decision.js';
import type { PerturbGradientNoiseOptions } from '../../../study/perturb/gradient-noise/perturb-gradient-noise.js';
import { addFaceOptions, addRunOptions, addTreeOptions, addWorkerOptions } from '../../options/groups.js';
import { checked, numberBetween, positiveNumber, wholeNumber } from '../../options/parse.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';

/** `perturb gradient-noise`. */
export function gradientNoiseCommand(): Command {
  const methods = Object.entries(gradientNoiseMethods).map(([name, { summary }]) => `${name}: ${summary}`);
  const command = new Command('gradient-noise')
    .summary('noise that follows a model’s gradient (FGSM, PGD, momentum)')
    .description(
      'Adds noise that follows the gradient of a model to what that model sees of every image of a folder. ' +
        'Writes the same tree of PNG files in the size of the model’s input, to be used with --aligned: JPEG would ' +
        'undo the noise. gradient-noise.csv has the scores before and after, summary.json the success rate.',
    );
  addTreeOptions(command, 'the images')
    .requiredOption('--model <model>', 'a file (.onnx, .tflite) or a name from `faceprobe models list`')
    .option('--card <file>', 'what goes in and what comes out (default: <model>.card.json, else the zoo)')
    .option('--aligned', 'the images are what the model sees: do not look for a face')
    .option(
      '--target <target>',
      'bona-fide, a class by its name, or a quantity (default: as the card suggests)',
    )
    .option('--reference <image>', 'move the cosine to this image, for verification models')
    .addOption(
      new Option(
        '--goal <goal>',
        'raise the target’s score, lower it, or flip the decision that the threshold makes of it',
      )
        .choices(noiseGoals)
        .default('flip'),
    )
    .option(
      '--threshold <score>',
      'where the decision changes (default: 0.5 for probabilities)',
      numberBetween(-1000, 1000),
    )
    .addOption(
      new Option('--method <method>', methods.join('; ')).choices(gradientNoiseMethodNames).default('pgd'),
    )
    .addOption(
      new Option(
        '--norm <norm>',
        'linf: the largest change of a sample; l2: the root of the sum of squared changes',
      )
        .choices(normNames)
        .default('linf'),
    )
    .option('--epsilon <levels>', 'most of that norm, in levels of 255 (8 for 8/255)', checked(levels), 8)
    .option('--steps <count>', 'steps of pgd and mpgd (default: 10)', wholeNumber(1, 10_000))
    .option(
      '--step-size <levels>',
      'of one step (default: 2.5 epsilon / steps for pgd, epsilon / steps for mpgd)',
      positiveNumber,
    )
    .option(
      '--momentum <share>',
      'share of the earlier direction that is kept (default: 1 for mpgd)',
      numberBetween(0, 1),
    )
    .option('--seed <number>', 'seed of the random start of pgd', wholeNumber(0, 0xffffffff), 0);
  addRunOptions(addWorkerOptions(addFaceOptions(command)));
  return command.action((options: PerturbGradientNoiseOptions & TerminalOptions) =>
    runStudy(
      async () =>
        (await import('../../../study/perturb/gradient-noise/perturb-gradient-noise.js'))
          .perturbGradientNoise,
      options,
    ),
  );
}

function levels(text: string): number {
  const epsilon = Number(text);
  checkEpsilon(epsilon);
  return epsilon;
}
