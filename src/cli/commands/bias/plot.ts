import { Command, InvalidArgumentError } from 'commander';
import { type PlotFormat, plotFormats } from '../../../study/verification/plot/study-plot.js';
import { nameList, wholeNumber } from '../../options/parse.js';
import { addStudyOption } from './options.js';

export function biasPlotCommand(): Command {
  const command = new Command('plot')
    .summary('draw the figures and the report of a study anew')
    .description('Draws all figures and the report anew from the tables and maps of a study.');
  addStudyOption(command)
    .option('--formats <formats>', 'of the plots: svg, png', parseFormats, [...plotFormats])
    .option('--dpi <dots>', 'resolution of the heat maps, which are 8 inches wide', wholeNumber(20), 200)
    .option('--json', 'print the paths as one JSON document on standard output')
    .option('--debug', 'show stack traces');
  return command.action(
    async (options: { output: string; formats: PlotFormat[]; dpi: number; json?: boolean }) => {
      const { plotStudy } = await import('../../../study/bias/plot/plot-study.js');
      const files = await plotStudy(options);
      console.log(options.json === true ? JSON.stringify(files, null, 2) : files.join('\n'));
    },
  );
}

function parseFormats(text: string): PlotFormat[] {
  return nameList(text).map((name) => {
    const format = plotFormats.find((each) => each === name);
    if (format === undefined) throw new InvalidArgumentError(`There are ${plotFormats.join(' and ')}.`);
    return format;
  });
}
