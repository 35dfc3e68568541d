import { Command } from 'commander';
import type { AggregateOptions } from '../../../study/similarity/similarity-options.js';
import { addRunOptions, addWorkerOptions } from '../../options/groups.js';
import { wholeNumber } from '../../options/parse.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';
import { addGroupingOptions, addStudyOption } from './options.js';

export function aggregateCommand(): Command {
  const command = new Command('aggregate')
    .summary('average the maps of a study by other groups; runs no model')
    .description(
      'Averages the maps of a study over images, people, models, families and groups, each person with equal weight, and ' +
        'compares the means anew. Writes into OUTPUT/aggregate: means.csv and the mean maps, shares.csv (region, group and ' +
        'model, with 95 % intervals over people), tests.csv (differences between groups, corrected for many comparisons) and ' +
        'people.csv (how typical everybody is). What is not given is as the study has it.',
    );
  addGroupingOptions(addStudyOption(command)).option(
    '--seed <number>',
    'seed of intervals and tests',
    wholeNumber(0, 2 ** 32 - 1),
  );
  addRunOptions(addWorkerOptions(command));
  return command.action((options: AggregateOptions & TerminalOptions) =>
    runStudy(async () => (await import('../../../study/similarity/again.js')).aggregateAgain, options),
  );
}
