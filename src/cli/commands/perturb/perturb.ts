import { Command } from 'commander';
import { spoofClueNames } from '../../../perturb/spoof/clues.js';
import { clueCommand } from './clue.js';
import { gradientNoiseCommand } from './gradient-noise.js';
import { lookAlikesCommand } from './look-alikes.js';
import { morphCheckCommand } from './morph-check.js';
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
        '\nA set for morph detection out of look-alikes of one sex, and how good its morphs are:\n' +
        '  faceprobe perturb look-alikes --input-path faces --model fr_feature --same gender --output pairs.csv\n' +
        '  faceprobe perturb morph --pairs pairs.csv --images faces --output morphs --bona-fides --size 256\n' +
        '  faceprobe perturb morph-check --morphs morphs --images faces --model fr_feature --threshold 0.3',
    );
  for (const clue of spoofClueNames) command.addCommand(clueCommand(clue));
  return command
    .addCommand(lookAlikesCommand())
    .addCommand(morphCommand())
    .addCommand(morphCheckCommand())
    .addCommand(gradientNoiseCommand())
    .addCommand(patchCommand());
}
