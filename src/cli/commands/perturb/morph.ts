import { Command, Option } from 'commander';
import { morphModes } from '../../../perturb/morph/morph-faces.js';
import { Problem } from '../../../problem.js';
import type { MorphOneOptions } from '../../../study/perturb/morph/morph-one.js';
import type { PerturbMorphsOptions } from '../../../study/perturb/morph/perturb-morphs.js';
import { addFaceOptions, addRunOptions, addWorkerOptions } from '../../options/groups.js';
import { numberBetween, size, wholeNumber } from '../../options/parse.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';
import { withContext } from '../../with-context.js';

type MorphOptions = Omit<MorphOneOptions, 'a' | 'b'> &
  Omit<PerturbMorphsOptions, 'pairs'> & { readonly pairs?: string } & TerminalOptions;

export function morphCommand(): Command {
  const modes = Object.entries(morphModes).map(([name, summary]) => `${name}: ${summary}`);
  const command = new Command('morph')
    .summary('blend two faces into one that looks like both')
    .description(
      'Morphs two faces by their 68 landmarks. With two photographs it writes one file; with --pairs a set for morph ' +
        'detection: morph/<a>_<b>.png, morphs.csv with the contributors, labels.csv, and with --bona-fides the ' +
        'photographs themselves in bonafide/, cut, resized and encoded in the same way.',
    )
    .argument('[a]', 'photograph of one person')
    .argument('[b]', 'photograph of another')
    .option('--pairs <file>', 'a list of pairs (CSV file_a,file_b,same); pairs of one person are left out')
    .option('--images <folder>', 'what its paths are relative to (default: the folder of the list)')
    .requiredOption('--output <path>', 'a .png or .jpg file for two photographs, else a folder')
    .option('--alpha <share>', 'share of the second face', numberBetween(0, 1), 0.5)
    .option('--shape-alpha <share>', 'its share in the shape alone (default: --alpha)', numberBetween(0, 1))
    .addOption(
      new Option('--mode <mode>', modes.join('; ')).choices(Object.keys(morphModes)).default('combined'),
    )
    .addOption(
      new Option('--background <which>', 'the photograph that the face is pasted into')
        .choices(['a', 'b'])
        .default('a'),
    )
    .option('--bona-fides', 'with --pairs: write the photographs of the list too')
    .option(
      '--margin <share>',
      'cut to a square with so much room around the landmarks (default: the whole photograph)',
      numberBetween(0, 10),
    )
    .option('--size <size>', 'resize to pixels, such as 224 or 224x275', size)
    .option(
      '--jpeg <quality>',
      'write JPEG (default: PNG, or what the name of --output says)',
      wholeNumber(1, 100),
    );
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action(async (a: string | undefined, b: string | undefined, options: MorphOptions) => {
    const { pairs } = options;
    if (pairs !== undefined && a === undefined) {
      await runStudy(
        async () => (await import('../../../study/perturb/morph/perturb-morphs.js')).perturbMorphs,
        { ...options, pairs },
      );
    } else if (pairs === undefined && a !== undefined && b !== undefined) {
      const { morphOne } = await import('../../../study/perturb/morph/morph-one.js');
      await withContext(options, async (context) => {
        const output = await morphOne({ ...options, a, b }, context);
        console.log(options.json === true ? JSON.stringify({ output }, null, 2) : output);
      });
    } else {
      throw new Problem('perturb morph', 'needs two photographs, or --pairs', 'give the one or the other');
    }
  });
}
