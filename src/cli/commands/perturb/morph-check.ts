import { Command } from 'commander';
import type { Interval } from '../../../measure/interval.js';
import type { MorphCheck, MorphCheckOptions } from '../../../study/perturb/morph/morph-check.js';
import { addFaceOptions, addWorkerOptions } from '../../options/groups.js';
import { numberBetween, wholeNumber } from '../../options/parse.js';
import type { TerminalOptions } from '../../run-study.js';
import { withContext } from '../../with-context.js';
import { addEmbedderOptions } from './embedder-options.js';

export function morphCheckCommand(): Command {
  const command = new Command('morph-check')
    .summary('how many morphs a recognition model takes for both of their persons')
    .description(
      'Compares every morph of a set with other photographs of both of its persons, and prints MMPMR with 95 % intervals and ' +
        'the FNMR of the photographs at the same threshold. Writes check-<model>.json and .csv beside the morphs.',
    )
    .requiredOption('--morphs <folder>', 'what `faceprobe perturb morph --pairs` wrote')
    .requiredOption('--images <folder>', 'the photographs that were morphed, and others of the same persons')
    .requiredOption(
      '--threshold <cosine>',
      'from which on two faces are one person; `faceprobe verification threshold` finds it',
      numberBetween(-1, 1),
    )
    .option('--seed <number>', 'seed of the bootstrap interval', wholeNumber(0, 0xffffffff), 0);
  addEmbedderOptions(command);
  addWorkerOptions(addFaceOptions(command))
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress on standard error')
    .option('--debug', 'show stack traces');
  return command.action((options: MorphCheckOptions & TerminalOptions) =>
    withContext(options, async (context) => {
      const { morphCheck } = await import('../../../study/perturb/morph/morph-check.js');
      const check = await morphCheck(options, context);
      console.log(options.json === true ? JSON.stringify(check, null, 2) : inWords(check).join('\n'));
    }),
  );
}

function inWords(check: MorphCheck): string[] {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const range = ({ low, high }: Interval) => `95 %: ${percent(low)} to ${percent(high)}`;
  const { minMaxMmpmr: best, prodAvgMmpmr: average, fnmr, relativeMorphMatchRate: relative } = check;
  return [
    `${check.model} at a cosine of ${check.threshold}, ${check.morphs} morphs`,
    `MinMax-MMPMR  ${percent(best.rate)} (${best.errors} of ${best.trials}; ${range(best.interval)})`,
    `ProdAvg-MMPMR ${percent(average.mean)}` +
      (average.interval === undefined ? '' : ` (${range(average.interval)})`),
    ...(fnmr === undefined
      ? []
      : [
          `FNMR          ${percent(fnmr.rate)} (${fnmr.errors} of ${fnmr.trials}; ${range(fnmr.interval)})`,
          `RMMR          ${percent(relative!)}`,
        ]),
    ...(check.withoutOtherPhotograph === 0
      ? []
      : [
          `${check.withoutOtherPhotograph} comparisons are with the morphed photograph itself: there is no other`,
        ]),
  ];
}
