import { Command } from 'commander';
import { studyPlotCommand } from '../../study-plot-command.js';
import { aggregateCommand } from './aggregate.js';
import { compareCommand } from './compare.js';
import { similarityRunCommand } from './run.js';

export function similarityCommand(): Command {
  return new Command('similarity')
    .summary('study which parts of the face recognition models use, from one photograph to groups of people')
    .description(
      'A study of one or several recognition models over folders of people, in steps. Each step has a folder of its own in ' +
        '--output. `run` does all of it; the other steps do their part anew, without running a model.',
    )
    .addCommand(similarityRunCommand())
    .addCommand(aggregateCommand())
    .addCommand(compareCommand())
    .addCommand(
      studyPlotCommand(async () => (await import('../../../study/similarity/plot/plot-study.js')).plotStudy),
    );
}
