import { Command, InvalidArgumentError, Option } from 'commander';
import type { PerturbPatchOptions } from '../../../study/perturb/patch/perturb-patch.js';
import { addFaceOptions, addRunOptions, addTreeOptions, addWorkerOptions } from '../../options/groups.js';
import { numberBetween, wholeNumber } from '../../options/parse.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';

/** `perturb patch`. */
export function patchCommand(): Command {
  const command = new Command('patch')
    .summary('one printable patch that moves a model’s score on any face')
    .description(
      'Makes one adversarial patch out of some images of a folder, by the gradient of a model, and puts it on what that ' +
        'model sees of all of them. Writes patch.png and the same tree of PNG files in the size of the model’s input, to ' +
        'be used with --aligned; summary.json has the success rate on the images that the patch was not made on.',
    );
  addTreeOptions(command, 'the patch and the images')
    .requiredOption('--model <model>', 'a file (.onnx, .tflite) or a name from `faceprobe models list`')
    .option('--card <file>', 'what goes in and what comes out (default: <model>.card.json, else the zoo)')
    .option('--aligned', 'the images are what the model sees: do not look for a face')
    .option(
      '--target <target>',
      'bona-fide, a class by its name, or a quantity (default: as the card suggests)',
    )
    .option('--reference <image>', 'move the cosine to this image, for verification models')
    .addOption(
      new Option('--goal <goal>', 'what the patch does to the target’s score')
        .choices(['raise', 'lower'])
        .makeOptionMandatory(),
    )
    .option(
      '--threshold <score>',
      'where the decision changes (default: 0.5 for probabilities)',
      numberBetween(-1000, 1000),
    )
    .option('--size <pixels>', 'side of the patch, in pixels of what the model sees', wholeNumber(1), 32)
    .addOption(
      new Option('--place <x,y>', 'its middle, as shares of the width and the height')
        .argParser(shares)
        .default([0.5, 0.25], '0.5,0.25'),
    )
    .option('--jitter <pixels>', 'how far it is moved about while it is made', wholeNumber(0), 4)
    .option('--steps <count>', 'steps', wholeNumber(1, 100_000), 50)
    .option(
      '--step-size <levels>',
      'levels of 255 that a sample moves in a step',
      numberBetween(0.01, 255),
      8,
    )
    .option('--images-per-step <count>', 'images whose gradients make a step', wholeNumber(1, 1000), 4)
    .option(
      '--train-images <count>',
      'the most images it is made on, drawn at random',
      wholeNumber(1, 10_000),
      32,
    )
    .option('--seed <number>', 'seed of the draw, the order and the jitter', wholeNumber(0, 0xffffffff), 0);
  addRunOptions(addWorkerOptions(addFaceOptions(command)));
  return command.action((options: PerturbPatchOptions & TerminalOptions) =>
    runStudy(
      async () => (await import('../../../study/perturb/patch/perturb-patch.js')).perturbPatch,
      options,
    ),
  );
}

function shares(text: string): [number, number] {
  const numbers = text.split(',').map(Number);
  const [x, y] = numbers;
  if (numbers.length !== 2 || !(x >= 0 && x <= 1 && y >= 0 && y <= 1))
    throw new InvalidArgumentError('It must be two shares from 0 to 1, such as 0.5,0.25.');
  return [x, y];
}
