import { Command } from 'commander';
import { spoofClueNames } from '../../../perturb/spoof/clues.js';
import { clueCommand } from './clue.js';
import { gradientNoiseCommand } from './gradient-noise.js';
import { morphCommand } from './morph.js';
import { patchCommand } from './patch.js';

export function perturbCommand(): Command {
  const command = new Command('perturb')
    .summary('make attacks out of bona fide images')
    .description(
      'Makes attacks out of bona fide images: clues of presentation attacks at five severities, morphs, and noise ' +
        'and patches against a model.',
    )
    .addHelpText(
      'after',
      '\nA folder of faces as photographed off a screen, at three severities:\n' +
        '  faceprobe perturb replay --input-path faces --output-path attacks --severity 1,3,5' +
        '\nA set for morph detection out of a list of pairs:\n' +
        '  faceprobe perturb morph --pairs pairs.csv --output morphs --bona-fides --margin 0.4 --size 256',
    );
  for (const clue of spoofClueNames) command.addCommand(clueCommand(clue));
  return command.addCommand(morphCommand()).addCommand(gradientNoiseCommand()).addCommand(patchCommand());
}
