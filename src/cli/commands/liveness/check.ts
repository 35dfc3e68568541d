import { Command, Option } from 'commander';
import type { CheckOptions } from '../../../study/liveness/check/check-options.js';
import { poolings } from '../../../study/liveness/check/pool-frames.js';
import { addFusionOptions, addMemberOptions } from '../../options/ensemble.js';
import { addFaceOptions, addRunOptions, addWorkerOptions } from '../../options/groups.js';
import { wholeNumber } from '../../options/parse.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';

export function checkCommand(): Command {
  const command = new Command('check')
    .summary('say of photographs and videos whether they show an attack')
    .description(
      'Asks one or several networks about the face of each photograph, and of each frame of each video (through ffmpeg, ' +
        'which must be installed). Writes into OUTPUT: scores.csv (path, score, which is the fused P(attack), the decision ' +
        'and the P(attack) of every network), check.json, times.csv, for videos frames/ and timelines/, and report.html.',
    )
    .argument('<input...>', 'photographs, videos, and folders of them')
    .requiredOption('--output <folder>', 'the folder of the run; the only place that is written to');
  addFusionOptions(addMemberOptions(command))
    .option('--aligned', 'the images are what the networks see: do not look for a face')
    .option('--boxes <file>', 'faces that are known already: a CSV with path,x,y,width,height in pixels')
    .option('--every <count>', 'of a video look at every so many frames', wholeNumber(1), 1)
    .addOption(
      new Option('--pool <rule>', 'which score over the frames of a video decides')
        .choices(poolings)
        .default('mean'),
    )
    .option('--no-photos', 'leave the photographs out of the report');
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action((inputs: string[], options: Omit<CheckOptions, 'inputs'> & TerminalOptions) =>
    runStudy(async () => (await import('../../../study/liveness/check/check.js')).check, {
      ...options,
      inputs,
    }),
  );
}
