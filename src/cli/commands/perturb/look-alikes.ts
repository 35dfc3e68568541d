import { Command } from 'commander';
import type { LookAlikesOptions } from '../../../study/perturb/morph/look-alikes.js';
import { addFaceOptions, addWorkerOptions } from '../../options/groups.js';
import { nameList, wholeNumber } from '../../options/parse.js';
import type { TerminalOptions } from '../../run-study.js';
import { withContext } from '../../with-context.js';
import { addEmbedderOptions } from './embedder-options.js';

export function lookAlikesCommand(): Command {
  const command = new Command('look-alikes')
    .summary('list pairs of persons who look alike, for `perturb morph --pairs`')
    .description(
      'Pairs photographs of different persons by the cosine of a recognition model, the likeliest first, as those who make ' +
        'morphs choose them, and writes a list of pairs.',
    )
    .requiredOption('--input-path <folder>', 'root folder of the photographs')
    .requiredOption(
      '--output <file>',
      'the list that is written: file_a,file_b,same,identity_a,identity_b,cosine',
    )
    .option('--groups <file>', 'CSV of labels by image or by person; without it the file names tell')
    .option('--same <columns>', 'what both persons have in common, such as gender,ethnicity', nameList)
    .option('--uses <count>', 'pairs that a photograph may be in', wholeNumber(1), 2)
    .option('--count <count>', 'the most pairs that are listed (default: all)', wholeNumber(1));
  addEmbedderOptions(command);
  addWorkerOptions(addFaceOptions(command))
    .option('--json', 'print the pairs as one JSON document')
    .option('--quiet', 'no progress on standard error')
    .option('--debug', 'show stack traces');
  return command.action((options: LookAlikesOptions & TerminalOptions) =>
    withContext(options, async (context) => {
      const { lookAlikes } = await import('../../../study/perturb/morph/look-alikes.js');
      const pairs = await lookAlikes(options, context);
      const shown = pairs.map(({ a, b, cosine }) => ({ a: a.image, b: b.image, cosine }));
      console.log(options.json === true ? JSON.stringify(shown, null, 2) : options.output);
    }),
  );
}
