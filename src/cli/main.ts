import { Command, CommanderError } from 'commander';
import { normaliseArguments } from './arguments.js';
import { exitStatus } from './exit-status.js';
import { problemLine } from './problem-line.js';
import { version } from '../version.js';

/** How each command is made, in the order of the help. */
const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['detect', async () => (await import('./commands/detect.js')).detectCommand()],
  ['landmarks', async () => (await import('./commands/landmarks.js')).landmarksCommand()],
  ['crop', async () => (await import('./commands/crop.js')).cropCommand()],
  ['occlude', async () => (await import('./commands/occlude.js')).occludeCommand()],
  ['perturb', async () => (await import('./commands/perturb/perturb.js')).perturbCommand()],
  ['score', async () => (await import('./commands/score.js')).scoreCommand()],
  ['heatmaps', async () => (await import('./commands/heatmaps.js')).heatmapsCommand()],
  ['explain', async () => (await import('./commands/explain/explain.js')).explainCommand()],
  [
    'verification',
    async () => (await import('./commands/verification/verification.js')).verificationCommand(),
  ],
  ['similarity', async () => (await import('./commands/similarity/similarity.js')).similarityCommand()],
  ['liveness', async () => (await import('./commands/liveness/liveness.js')).livenessCommand()],
  ['train', async () => (await import('./commands/train/train.js')).trainCommand()],
  ['evaluate', async () => (await import('./commands/evaluate.js')).evaluateCommand()],
  ['bias', async () => (await import('./commands/bias/bias.js')).biasCommand()],
  ['models', async () => (await import('./commands/models.js')).modelsCommand()],
  ['report', async () => (await import('./commands/report.js')).reportCommand()],
  ['demo', async () => (await import('./commands/demo.js')).demoCommand()],
]);

const versionFlags: ReadonlySet<string> = new Set(['-V', '--version']);

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
  // The command that is named is loaded alone, which halves the time to the first work; only the help needs all of them.
  const named = commands.get(argv[0] ?? '');
  const asked = named !== undefined ? [named] : versionFlags.has(argv[0] ?? '') ? [] : commands.values();
  for (const make of asked) {
    program.addCommand(inheritErrors(await make(), program));
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
