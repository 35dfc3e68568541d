import { Command } from 'commander';
import type { SplitShares } from '../../../dataset/people/split-people.js';
import type { FramesOptions } from '../../../study/liveness/frames/frames-options.js';
import { addFaceOptions, addRunOptions, addWorkerOptions } from '../../options/groups.js';
import { checked, wholeNumber } from '../../options/parse.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';

export function framesCommand(): Command {
  const command = new Command('frames')
    .summary('make a data set out of videos: random frames and padded face crops')
    .description(
      'Takes random frames out of each video (through ffmpeg, which must be installed). Writes into OUTPUT: ' +
        'frames/<folder>/<video>_<number>.jpg, faces/<folder>/<video>_<number>_face.jpg and labels.csv with path, subject, ' +
        'class and split. The split parts subjects, never frames.',
    )
    .argument('<video...>', 'videos, and folders of them')
    .requiredOption('--output <folder>', 'the folder of the run; the only place that is written to')
    .option('--count <frames>', 'frames of each video', wholeNumber(1, 1000), 50)
    .option('--seed <number>', 'seed of the frames and of the split', wholeNumber(0), 0)
    .option('--size <pixels>', 'side of the face crops', wholeNumber(8, 4096), 224)
    .option(
      '--split <shares>',
      'shares of the subjects for train, validation and test',
      checked(parseShares),
      parseShares('0.7,0.1,0.2'),
    )
    .option(
      '--labels <file>',
      'a CSV with path,subject,class (default: the class is the folder, each video a subject of its own)',
    );
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action((inputs: string[], options: Omit<FramesOptions, 'inputs'> & TerminalOptions) =>
    runStudy(async () => (await import('../../../study/liveness/frames/frames.js')).frames, {
      ...options,
      inputs,
    }),
  );
}

function parseShares(text: string): SplitShares {
  const [train, validation, test, ...rest] = text.split(',').map(Number);
  const sum = train + validation + test;
  if (rest.length > 0 || !(Math.abs(sum - 1) < 1e-9) || Math.min(train, validation, test) < 0) {
    throw new Error('It must be three shares that add up to 1, such as 0.7,0.1,0.2.');
  }
  return { train, validation, test };
}
