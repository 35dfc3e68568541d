import { Command } from 'commander';
import { verificationExplainCommand } from './explain.js';
import { patchCommand } from './patch.js';
import { plotCommand } from './plot.js';
import { replaceCommand } from './replace.js';
import { thresholdCommand } from './threshold.js';

export function verificationCommand(): Command {
  return new Command('verification')
    .summary('study a face verification model over a list of pairs')
    .description(
      'A study of a face verification model over a list of pairs, in steps. Each step has a folder of its own in ' +
        '--output. A step that needs an earlier one runs it first, or takes what is there.',
    )
    .addHelpText(
      'after',
      '\nThe whole study of four methods, with one report in study/report.html:\n' +
        '  faceprobe verification replace --pairs pairs.csv --model fr_feature \\\n' +
        '    --methods xssab,fggb,corrrise,xface --output study',
    )
    .addCommand(thresholdCommand())
    .addCommand(verificationExplainCommand())
    .addCommand(patchCommand())
    .addCommand(replaceCommand())
    .addCommand(plotCommand());
}
