import { Command } from 'commander';
import type { ExplainStepOptions } from '../../../study/verification/explain/explain.js';
import { parseShownPairs } from '../../../study/verification/explain/shown-pairs.js';
import {
  addFaceOptions,
  addRunOptions,
  addStudyMethodOptions,
  addVerificationOptions,
  addWorkerOptions,
} from '../../options/groups.js';
import { checked, numberBetween, wholeNumber } from '../../options/parse.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';

export function verificationExplainCommand(): Command {
  const command = new Command('explain')
    .summary('explain every pair, by several methods, and add up where the evidence lies')
    .description(
      'Explains why each pair matches, or does not, at the threshold of the study. Writes into OUTPUT/explain: ' +
        'regions.csv (the share of the evidence for and against a match in each region of the face, averaged over all ' +
        'pairs, and over true and false matches and non-matches, with 95 % intervals) and maps/METHOD/PAIR with the raw ' +
        'maps of both images and, for some pairs, figures.',
    );
  addVerificationOptions(command);
  addStudyMethodOptions(command)
    .option(
      '--maps <pairs>',
      'whose raw maps are written: all, none, or the first N of each outcome (300 kB a pair and method)',
      checked(parseShownPairs),
      'all',
    )
    .option(
      '--figures <pairs>',
      'of whom figures are drawn: all, none, or the first N of each outcome',
      checked(parseShownPairs),
      3,
    )
    .option('--no-regions', 'do not add up the evidence by regions of the face')
    .option('--alpha <opacity>', 'opacity of the maps over the photographs', numberBetween(0, 1), 0.6)
    .option('--dpi <dots>', 'resolution of the figures, which are 8 inches wide', wholeNumber(20), 200);
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action((options: ExplainStepOptions & TerminalOptions) =>
    runStudy(
      async () => (await import('../../../study/verification/explain/explain.js')).explainPairs,
      options,
    ),
  );
}
