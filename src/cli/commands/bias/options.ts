import { type Command, InvalidArgumentError, Option } from 'commander';
import { nameList, wholeNumber } from '../../options/parse.js';

/** Where the study lies. */
export function addStudyOption(command: Command): Command {
  return command.requiredOption(
    '--output <folder>',
    'the folder of the study; the only place that is written to',
  );
}

/** How images are grouped, and how sure a number must be. */
export function addMeasureOptions(command: Command): Command {
  return command
    .option(
      '--least-images <count>',
      'images that a rate needs; below, it is marked (default: 10)',
      wholeNumber(1),
    )
    .addOption(
      new Option(
        '--over <features>',
        'what the bias score is the mean over: all regions, or those that are active in a mistake (default: all)',
      ).choices(['all', 'observed']),
    )
    .option('--resamples <count>', 'of the bootstrap intervals (default: 2000)', wholeNumber(100, 1_000_000))
    .option('--permutations <count>', 'of the tests (default: 9999)', wholeNumber(99, 1_000_000))
    .option(
      '--measure-seed <number>',
      'seed of intervals and tests (default: that of the run)',
      wholeNumber(0, 2 ** 32 - 1),
    );
}

/** `label=class,...` */
export function labelMap(text: string): [string, string][] {
  return nameList(text).map((pair) => {
    const [label, name] = halves(pair, 'label=class');
    return [label, name];
  });
}

/** `gender=male` */
export function groupOfKey(text: string): { key: string; group: string } {
  const [key, group] = halves(text, 'gender=male');
  return { key, group };
}

function halves(text: string, example: string): [string, string] {
  const parts = text.split('=').map((part) => part.trim());
  if (parts.length !== 2 || parts.includes('')) {
    throw new InvalidArgumentError(`It must be like ${example}.`);
  }
  return [parts[0], parts[1]];
}
