import { Command } from 'commander';
import type { PatchOptions } from '../../../study/verification/patch/patch-options.js';
import {
  addFaceOptions,
  addPatchOptions,
  addRunOptions,
  addVerificationOptions,
  addWorkerOptions,
} from '../../options/groups.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';

export function patchCommand(): Command {
  const command = new Command('patch')
    .summary('paste patches that make genuine pairs unlike and impostor pairs alike')
    .description(
      'Pastes random patches into the first image of every pair, by the rule of PatchLFW: from the second image where ' +
        'the pair is an impostor pair, from another person where it is a genuine one. Writes into OUTPUT/patch: images/, ' +
        'rates.csv (FMR and FNMR before and after at the threshold of the study, with 95 % intervals), patches.csv and ' +
        'scores.csv.',
    );
  addPatchOptions(addVerificationOptions(command));
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action((options: PatchOptions & TerminalOptions) =>
    runStudy(async () => (await import('../../../study/verification/patch/patch.js')).patch, options),
  );
}
