import { Command } from 'commander';
import type { CompareOptions } from '../../../study/similarity/similarity-options.js';
import { addRunOptions, addWorkerOptions } from '../../options/groups.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';
import { addComparisonOptions, addStudyOption } from './options.js';

export function compareCommand(): Command {
  const command = new Command('compare')
    .summary('compare the mean maps of a study by other measures; runs no model')
    .description(
      'Compares the mean maps of models, families and groups. Writes into OUTPUT/compare: distances.csv, linkage.csv (rows ' +
        'as SciPy’s Z), overlaps.csv (IoU and F1 of the hottest pixels), dendrograms and distance matrices.',
    );
  addComparisonOptions(addStudyOption(command));
  addRunOptions(addWorkerOptions(command));
  return command.action((options: CompareOptions & TerminalOptions) =>
    runStudy(async () => (await import('../../../study/similarity/again.js')).compareAgain, options),
  );
}
