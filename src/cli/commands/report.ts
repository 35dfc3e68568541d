import { Command } from 'commander';

export function reportCommand(): Command {
  return new Command('report')
    .summary('one HTML report of one or several runs')
    .description(
      'Makes a single self-contained HTML file of the runs in the folders: figures, rankings, settings, what was skipped.',
    )
    .argument('<run...>', 'output folders of studies')
    .option('--output <file>', 'the HTML file', 'report.html')
    .option('--debug', 'show stack traces')
    .action(async (runs: string[], { output }: { output: string }) => {
      const { reportRuns } = await import('../../study/report/report-runs.js');
      await reportRuns(runs, output);
      console.log(output);
    });
}
