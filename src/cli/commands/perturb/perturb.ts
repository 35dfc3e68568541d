import { Command } from 'commander';
import { spoofClueNames } from '../../../perturb/spoof/clues.js';
import { clueCommand } from './clue.js';

export function perturbCommand(): Command {
  const command = new Command('perturb')
    .summary('make attacks out of bona fide images')
    .description('Makes attacks out of bona fide images: clues of presentation attacks at five severities.')
    .addHelpText(
      'after',
      '\nA folder of faces as photographed off a screen, at three severities:\n' +
        '  faceprobe perturb replay --input-path faces --output-path attacks --severity 1,3,5',
    );
  for (const clue of spoofClueNames) command.addCommand(clueCommand(clue));
  return command;
}
