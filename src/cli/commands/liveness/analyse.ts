import { Command } from 'commander';
import { colourMap } from '../../../image/colour-map/colour-map.js';
import type { AnalyseOptions } from '../../../study/liveness/analyse/analyse-options.js';
import { addFaceOptions, addRunOptions, addWorkerOptions } from '../../options/groups.js';
import { checked, numberBetween, wholeNumber } from '../../options/parse.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';

export function analyseCommand(): Command {
  const command = new Command('analyse')
    .summary('read every output of a rich model, and set bona fides against attacks')
    .description(
      'For networks that say more than live or spoof, such as AENet: attributes, type of attack, illumination, depth and ' +
        'reflection. Writes into OUTPUT: images.csv (a line an image, a column for each class and attribute by its name), ' +
        'quantities.csv (means of bona fides and attacks with 95 % intervals), maps/ (.npy) and pictures/ of each image, ' +
        'means/ (mean maps of both sides) and report.html.',
    )
    .argument('<input...>', 'photographs, and folders of them')
    .requiredOption(
      '--model <model>',
      'a file (.onnx, .tflite, .json, .h5) or a name from `faceprobe models list`',
    )
    .option('--card <file>', 'what goes in and what comes out (default: <model>.card.json, else the zoo)')
    .requiredOption('--output <folder>', 'the folder of the run; the only place that is written to')
    .option(
      '--labels <file>',
      'CSV with file and label (default: the folders live and spoof; without either the model’s own decisions)',
    )
    .option('--label <name>', 'column of the labels')
    .option(
      '--bona-fide <label>',
      'the label that is bona fide; all others are attacks (default: live, real, genuine or bona fide, if one is there)',
    )
    .option(
      '--threshold <probability>',
      'P(attack) above which an image is judged an attack',
      numberBetween(0, 1),
      0.5,
    )
    .option('--aligned', 'the images are what the model sees: do not look for a face')
    .option(
      '--colormap <name>',
      'colours of maps of one channel, by a matplotlib name',
      checked((name) => colourMap(name).name),
      'viridis',
    )
    .option('--seed <number>', 'seed of the bootstrap intervals', wholeNumber(0), 0)
    .option('--no-photos', 'leave the photographs out of the run’s folder and the report');
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action((inputs: string[], options: Omit<AnalyseOptions, 'inputs'> & TerminalOptions) =>
    runStudy(async () => (await import('../../../study/liveness/analyse/analyse.js')).analyse, {
      ...options,
      inputs,
    }),
  );
}
