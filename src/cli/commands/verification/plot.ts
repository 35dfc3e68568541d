import { Command, Option } from 'commander';

export function plotCommand(): Command {
  return new Command('plot')
    .summary('draw the plots of one or several studies anew')
    .description(
      'Draws the plots of all steps that are done from their tables: ROC, DET and score histograms, the curves of ' +
        'replacement, insertion and deletion, and their areas. Several studies share axes or stand side by side.',
    )
    .argument('<study...>', 'output folders of studies')
    .addOption(
      new Option('--format <format>', 'SVG for papers, PNG for everything else')
        .choices(['svg', 'png', 'both'])
        .default('svg'),
    )
    .option(
      '--output <folder>',
      'where the plots go (default, for one study: beside its tables); the only place that is written to',
    )
    .option('--debug', 'show stack traces')
    .action(
      async (studies: string[], { format, output }: { format: 'svg' | 'png' | 'both'; output?: string }) => {
        const { plotStudies } = await import('../../../study/verification/plot/plot-studies.js');
        const formats = format === 'both' ? (['svg', 'png'] as const) : ([format] as const);
        for (const file of await plotStudies(studies, { formats, output })) console.log(file);
      },
    );
}
