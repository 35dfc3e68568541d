import { Command } from 'commander';
import type { BiasMeasureOptions } from '../../../study/bias/bias-options.js';
import { addRunOptions, addWorkerOptions } from '../../options/groups.js';
import { nameList, wholeNumber } from '../../options/parse.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';
import { addMeasureOptions, addStudyOption } from './options.js';

export function biasMeasureCommand(): Command {
  const command = new Command('measure')
    .summary('measure a finished run anew, by other groups')
    .description(
      'Measures a finished run by the groups that are asked for, without running the model, and writes the report anew. ' +
        'What is left out stays as it was measured last.',
    )
    .option(
      '--group-by <keys>',
      'columns to group people by, with + between those that are crossed',
      nameList,
    )
    .option('--age-width <years>', 'years in a band of ages', wholeNumber(1, 110));
  addStudyOption(command);
  addMeasureOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action((options: BiasMeasureOptions & TerminalOptions) =>
    runStudy(async () => (await import('../../../study/bias/run.js')).measureAgain, options),
  );
}
