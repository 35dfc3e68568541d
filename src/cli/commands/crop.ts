import { Command, Option } from 'commander';
import type { CropOptions } from '../../study/crop/crop.js';
import { addFaceOptions, addRunOptions, addTreeOptions, addWorkerOptions } from '../options/groups.js';
import { numberBetween, size } from '../options/parse.js';
import { runStudy, type TerminalOptions } from '../run-study.js';

export function cropCommand(): Command {
  const command = new Command('crop')
    .summary('cut the face out of every image of a folder')
    .description(
      'Finds the face of every image, cuts it out and writes it under the same relative path. ' +
        'Images without a face are reported and left out.',
    );
  addTreeOptions(command, 'the crops');
  addFaceOptions(command)
    .addOption(
      new Option('--align <template>', 'rotate and scale to five template points').choices(['arcface']),
    )
    .option(
      '--size <size>',
      'resize to pixels, such as 224 or 224x275 (default: the box as it is; 112 with --align)',
      size,
    )
    .option(
      '--margin <share>',
      'enlarge the box on each side by this share of its size',
      numberBetween(0, 5),
      0,
    )
    .option('--lossless', 'write PNG instead of the format of the input')
    .addOption(
      new Option(
        '--compat <system>',
        'upstream: the first face found, black where the box leaves the image, PNG data under the old name',
      ).choices(['upstream']),
    );
  addRunOptions(addWorkerOptions(command));
  return command.action((options: CropOptions & TerminalOptions) =>
    runStudy(async () => (await import('../../study/crop/crop.js')).crop, options),
  );
}
