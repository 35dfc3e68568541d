import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What one command line gave. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const program = fileURLToPath(new URL('./commands.process.js', import.meta.url));

/** A process that runs command lines, in this environment and that of `env`. */
const start = (env: Readonly<Record<string, string>>) => fork(program, { env: { ...process.env, ...env } });

let shared: ChildProcess | undefined;

/**
 * Runs command lines, one after the other, in a process that all calls of a test file share, since starting one is slow;
 * in one of their own where there is an environment. Calls wait for one another's end: one at a time.
 * @param env added to the environment.
 */
export async function runCommands(
  commands: readonly (readonly string[])[],
  env?: Readonly<Record<string, string>>,
): Promise<CommandResult[]> {
  const child = env === undefined ? (shared ??= start({})) : start(env);
  child.ref();
  child.channel?.ref();
  const ended = new AbortController();
  try {
    child.send(commands);
    const [results] = (await Promise.race([
      once(child, 'message', ended),
      once(child, 'exit', ended).then(([status]) => {
        throw new Error(`The process of the command lines ended with status ${status}.`);
      }),
    ])) as [CommandResult[]];
    return results;
  } finally {
    ended.abort();
    if (child === shared) {
      // It ends with this process, which need not wait for it.
      child.unref();
      child.channel?.unref();
    } else child.disconnect();
  }
}
