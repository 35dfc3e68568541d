import { Command, CommanderError } from 'commander';
import { normaliseArguments } from './arguments.js';
import { cropCommand } from './commands/crop.js';
import { demoCommand } from './commands/demo.js';
import { detectCommand } from './commands/detect.js';
import { explainCommand } from './commands/explain.js';
import { heatmapsCommand } from './commands/heatmaps.js';
import { landmarksCommand } from './commands/landmarks.js';
import { modelsCommand } from './commands/models.js';
import { occludeCommand } from './commands/occlude.js';
import { reportCommand } from './commands/report.js';
import { scoreCommand } from './commands/score.js';
import { verificationCommand } from './commands/verification/verification.js';
import { exitStatus } from './exit-status.js';
import { problemLine } from './problem-line.js';
import { version } from '../version.js';

/**
 * The command line.
 * @param argv the arguments without the program's name
 * Sets the exit status: 0 done, 1 failed, 2 wrong usage, 3 done but inputs were skipped and --strict was given.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('faceprobe')
    .description('Explains, attacks and audits face models.')
    .version(version)
    .configureOutput({ outputError: (message, write) => write(`${usageLine(message)}\n`) })
    .exitOverride();
  for (const command of [
    detectCommand(),
    landmarksCommand(),
    cropCommand(),
    occludeCommand(),
    scoreCommand(),
    heatmapsCommand(),
    explainCommand(),
    verificationCommand(),
    modelsCommand(),
    reportCommand(),
    demoCommand(),
  ]) {
    program.addCommand(inheritErrors(command, program));
  }
  try {
    await program.parseAsync(normaliseArguments(argv), { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // commander has printed its message; help and version are no errors.
      process.exitCode = error.exitCode === 0 ? exitStatus.done : exitStatus.usage;
    } else {
      console.error(problemLine(error, argv.includes('--debug')));
      process.exitCode = exitStatus.failed;
    }
  }
}

/** Errors of a sub-command are thrown as those of the program are, at any depth. */
function inheritErrors(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inheritErrors(child, command);
  return command;
}

/** Wrong usage in one line: commander puts its hints on lines of their own. */
function usageLine(message: string): string {
  return `${message.trim().replaceAll(/\s*\n\s*/g, ' ')} (--help shows the options)`;
}
