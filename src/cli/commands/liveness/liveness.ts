import { Command } from 'commander';
import { analyseCommand } from './analyse.js';
import { checkCommand } from './check.js';
import { framesCommand } from './frames.js';
import { fuseCommand } from './fuse.js';
import { vulnerabilityCommand } from './vulnerability.js';

export function livenessCommand(): Command {
  return new Command('liveness')
    .summary('detect presentation attacks, and find out what a detector misses')
    .description(
      'Everything about P(attack): 1 minus the probability of the class that a network’s card names as bona fide.',
    )
    .addCommand(checkCommand())
    .addCommand(fuseCommand())
    .addCommand(framesCommand())
    .addCommand(analyseCommand())
    .addCommand(vulnerabilityCommand());
}
