import type { Command } from 'commander';
import type { ExplainImagesOptions } from '../../../study/explain/explain.js';
import { wholeNumber } from '../../options/parse.js';
import type { TerminalOptions } from '../../run-study.js';

/** What every command that explains single images takes, and how it shows its progress. */
export type ImagesOptions = Omit<ExplainImagesOptions, 'images'> & TerminalOptions;

/** How mean maps are grouped, and what may be shown. */
export function addGroupOptions(command: Command, seeded = 'the bootstrap intervals'): Command {
  return command
    .option('--labels <file>', 'CSV with a column file or path and the columns to group by')
    .option(
      '--group-by <column>',
      'mean maps and rankings per value of this column (default: the folder of the image)',
    )
    .option('--seed <number>', `seed of ${seeded}`, wholeNumber(0, 2 ** 32 - 1), 0)
    .option('--no-photos', 'leave the photographs out of figures and report');
}
