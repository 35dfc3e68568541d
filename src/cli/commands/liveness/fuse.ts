import { Command } from 'commander';
import { checked } from '../../options/parse.js';

export function fuseCommand(): Command {
  return new Command('fuse')
    .summary('learn the fusion logistic from scores whose truth is known')
    .description(
      'Learns from scores.csv of `liveness check` (or any CSV with a column for each network’s P(attack)) how to fuse the ' +
        'networks, by logistic regression on their log odds with a ridge, and writes the fit as JSON for ' +
        '`liveness check --fusion logistic --fit FILE`. The truth is the column label of the same file or of --labels.',
    )
    .requiredOption('--scores <file>', 'the scores, one row an image, one column a network')
    .requiredOption('--member <name...>', 'the columns that are fused, as the networks are called')
    .option('--labels <file>', 'a CSV with the columns path and label')
    .option(
      '--bona-fide <label>',
      'the label that means bona fide; every other one is an attack',
      'bona fide',
    )
    .requiredOption('--output <file>', 'the JSON file to write')
    .option('--ridge <number>', 'penalty on the slopes of the standardised log odds', checked(ridge), 0.01)
    .option('--json', 'print the fit on standard output')
    .option('--debug', 'show stack traces')
    .action(async (options: FuseCommandOptions) => {
      const { fuse } = await import('../../../study/liveness/fuse/fuse.js');
      const fit = await fuse(options);
      if (options.json === true) console.log(JSON.stringify(fit, null, 2));
      else {
        const { attacks, bonaFides, crossEntropyBits, memberCrossEntropyBits } = fit;
        for (const [name, bits] of Object.entries(memberCrossEntropyBits)) {
          console.log(`${name} alone: ${bits.toFixed(3)} bits, slope ${fit.slopes[name].toFixed(3)}`);
        }
        console.log(
          `fused: ${crossEntropyBits.toFixed(3)} bits of cross-entropy over the ${attacks} attacks and ${bonaFides} bona fides that it was learned from`,
        );
        console.log(options.output);
      }
    });
}

interface FuseCommandOptions {
  readonly scores: string;
  readonly member: readonly string[];
  readonly labels?: string;
  readonly bonaFide: string;
  readonly output: string;
  readonly ridge: number;
  readonly json?: boolean;
}

function ridge(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) throw new Error('It must be 0 or more.');
  return value;
}
