import { Command } from 'commander';
import { parseFill } from '../../../perturb/occlusion/fill.js';
import type { ReplaceOptions } from '../../../study/verification/replace/replace-options.js';
import {
  addFaceOptions,
  addPatchOptions,
  addRunOptions,
  addStudyMethodOptions,
  addVerificationOptions,
  addWorkerOptions,
} from '../../options/groups.js';
import { checked } from '../../options/parse.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';

export function replaceCommand(): Command {
  const command = new Command('replace')
    .summary('put pixels back in the order of the maps: which method explains best')
    .description(
      'Explains the patched pairs by several methods and puts the pixels back that each map blames for the decision, 5 ' +
        'to 95 % of them; a good map mends FMR and FNMR sooner than random pixels do. Also asks the maps where the patches ' +
        'are, and inserts and deletes pixels of the pairs as they are. Writes into OUTPUT/replace: curves.csv, areas.csv ' +
        '(areas under the curves, with 95 % intervals and differences from random), comparisons.csv (every two methods) ' +
        'and localisation.csv.',
    );
  addStudyMethodOptions(addVerificationOptions(command)).option(
    '--no-insertion-deletion',
    'leave insertion and deletion out, and with them the second explanation of every pair',
  );
  command.option(
    '--fill <fill>',
    'what stands for a pixel that is deleted or not yet inserted: mean, black, blur or a colour such as #808080',
    checked(parseFill),
    'mean',
  );
  addPatchOptions(command);
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action((options: ReplaceOptions & TerminalOptions) =>
    runStudy(async () => (await import('../../../study/verification/replace/replace.js')).replace, options),
  );
}
