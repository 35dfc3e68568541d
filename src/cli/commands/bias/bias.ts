import { Command } from 'commander';
import { studyPlotCommand } from '../../study-plot-command.js';
import { biasMeasureCommand } from './measure.js';
import { biasRunCommand } from './run.js';

export function biasCommand(): Command {
  return new Command('bias')
    .summary('study for whom a classifier of faces is wrong, and which features it leans on then')
    .description(
      'A study of an attribute classifier, or of any yes/no decision about a face, over a labelled folder: rates by group ' +
        'with intervals, where the model looks when it is right and when it is wrong, and what hiding a feature changes. ' +
        '`run` does all of it; the other steps do their part anew, without running the model.',
    )
    .addHelpText(
      'after',
      '\nThe study of a gender classifier on UTKFace, with the report in study/report.html:\n' +
        '  faceprobe bias run --model faceres --input-path utkface --attribute gender \\\n' +
        '    --group-by gender,race,gender+race --output study',
    )
    .addCommand(biasRunCommand())
    .addCommand(biasMeasureCommand())
    .addCommand(
      studyPlotCommand(async () => (await import('../../../study/bias/plot/plot-study.js')).plotStudy),
    );
}
