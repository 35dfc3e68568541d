import { Command } from 'commander';
import { camCommands } from './cam.js';
import { gradientCommands } from './gradient.js';
import { maskCommands } from './masks.js';
import { occlusionCommand } from './occlusion.js';
import { pairCommands } from './pair.js';

export function explainCommand(): Command {
  const explain = new Command('explain')
    .summary('show which parts of a face a model looks at')
    .description('Explains what a model says about images, by one of the methods below.');
  const families = [[occlusionCommand()], gradientCommands(), camCommands(), maskCommands(), pairCommands()];
  for (const command of families.flat()) explain.addCommand(command);
  return explain;
}
