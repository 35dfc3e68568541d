import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What one command line gave. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const program = fileURLToPath(new URL('./commands.process.js', import.meta.url));

/**
 * Runs command lines, one after the other, in one process of their own.
 * @param env added to the environment.
 */
export async function runCommands(
  commands: readonly (readonly string[])[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(commands)], {
    env: { ...process.env, ...env },
    maxBuffer: 1e8,
  });
  return JSON.parse(stdout) as CommandResult[];
}
