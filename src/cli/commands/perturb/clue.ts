import { Command, InvalidArgumentError, Option } from 'commander';
import { parseRegions } from '../../../face/parse-regions.js';
import { type SpoofClueName, spoofClues } from '../../../perturb/spoof/clues.js';
import {
  type ClueParameter,
  severities,
  type Severity,
  type SpoofClue,
} from '../../../perturb/spoof/spoof-clue.js';
import type { MaskChoice } from '../../../study/perturb/clue/clue-settings.js';
import type { PerturbClueOptions } from '../../../study/perturb/clue/perturb-clue.js';
import { addFaceOptions, addRunOptions, addTreeOptions, addWorkerOptions } from '../../options/groups.js';
import { checked, nameList, numberBetween, wholeNumber } from '../../options/parse.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';

/** `perturb CLUE`, with an option for every parameter of the clue. */
export function clueCommand(clue: SpoofClueName): Command {
  const { summary, needsMask, compat, parameters }: SpoofClue = spoofClues[clue];
  const command = new Command(clue)
    .summary(summary)
    .description(
      `Puts a clue of an attack into every image of a folder: ${summary}. Writes the same tree; with several severities, ` +
        `one below ${clue}/s1, ${clue}/s2 and so on. docs/methods/spoof-clues.md has the formula.`,
    );
  addTreeOptions(command, 'the images');
  command
    .addOption(
      new Option('--severity <levels>', 'from 1 to 5, with commas between them')
        .argParser(parseSeverities)
        .default([3], '3'),
    )
    .option('--seed <number>', 'seed of all random numbers', wholeNumber(0, 0xffffffff), 0)
    .option(
      '--mask <where>',
      'face, whole (everywhere), or named regions with commas between them' +
        ` (default: ${needsMask ? 'face' : 'whole'})`,
      checked(parseMask),
    );
  for (const [name, parameter] of Object.entries(parameters))
    command.addOption(parameterOption(name, parameter));
  addFaceOptions(command)
    .addOption(
      new Option('--face <how>', 'detect: look for the face; whole: the image is a tight crop of one')
        .choices(['detect', 'whole'])
        .default('detect'),
    )
    .option('--lossless', 'write PNG instead of the format of the input');
  if (compat) {
    command.addOption(
      new Option('--compat <system>', 'upstream: as the published code has it, slips included').choices([
        'upstream',
      ]),
    );
  }
  addRunOptions(addWorkerOptions(command));
  return command.action((options: Omit<PerturbClueOptions, 'clue' | 'parameters'> & TerminalOptions) => {
    const given = Object.entries(options).filter(([name]) => Object.hasOwn(parameters, name));
    return runStudy(async () => (await import('../../../study/perturb/clue/perturb-clue.js')).perturbClue, {
      ...options,
      clue,
      parameters: Object.fromEntries(given),
    });
  });
}

function parameterOption(name: string, { summary, minimum, maximum, whole = false }: ClueParameter): Option {
  const kebab = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return new Option(`--${kebab} <number>`, `${summary} (default: by severity)`).argParser(
    whole ? wholeNumber(minimum, maximum) : numberBetween(minimum, maximum),
  );
}

function parseSeverities(text: string): Severity[] {
  return [...new Set(nameList(text))].map((name) => {
    const severity = severities.find((level) => String(level) === name);
    if (severity === undefined) throw new InvalidArgumentError('A severity is a whole number from 1 to 5.');
    return severity;
  });
}

function parseMask(text: string): MaskChoice {
  return text === 'face' || text === 'whole' ? text : parseRegions(nameList(text));
}
