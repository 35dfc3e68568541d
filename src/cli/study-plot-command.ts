import { Command, InvalidArgumentError } from 'commander';
import { type PlotFormat, plotFormats } from '../study/verification/plot/study-plot.js';
import { nameList, wholeNumber } from './options/parse.js';

/** What draws a study anew. @returns the paths of the figures and of the report */
type PlotStudy = (options: {
  readonly output: string;
  readonly formats: PlotFormat[];
  readonly dpi: number;
}) => Promise<readonly string[]>;

/** `plot`, the last step of the studies that lie in one folder. @param load its study, loaded when it is needed */
export function studyPlotCommand(load: () => Promise<PlotStudy>): Command {
  return new Command('plot')
    .summary('draw the figures and the report of a study anew')
    .description('Draws all figures and the report anew from the tables and maps of a study.')
    .requiredOption('--output <folder>', 'the folder of the study; the only place that is written to')
    .option('--formats <formats>', 'of the plots: svg, png', parseFormats, [...plotFormats])
    .option('--dpi <dots>', 'resolution of the heat maps, which are 8 inches wide', wholeNumber(20), 200)
    .option('--json', 'print the paths as one JSON document on standard output')
    .option('--debug', 'show stack traces')
    .action(async (options: { output: string; formats: PlotFormat[]; dpi: number; json?: boolean }) => {
      const plotStudy = await load();
      const files = await plotStudy(options);
      console.log(options.json === true ? JSON.stringify(files, null, 2) : files.join('\n'));
    });
}

function parseFormats(text: string): PlotFormat[] {
  return nameList(text).map((name) => {
    const format = plotFormats.find((each) => each === name);
    if (format === undefined) throw new InvalidArgumentError(`There are ${plotFormats.join(' and ')}.`);
    return format;
  });
}
