import { interruptSignal } from '../jobs/interrupt.js';
import { plainLines } from '../jobs/renderers/plain-lines.js';
import type { Level } from '../jobs/describe-event.js';
import type { Listener } from '../jobs/events.js';
import type { Study } from '../study/study.js';
import { exitStatus } from './exit-status.js';

/** Options of the command line itself, which no study sees. */
export interface TerminalOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly strict?: boolean;
  readonly debug?: boolean;
  readonly logLevel?: Level;
}

/**
 * Runs a study: progress on standard error, results on standard output, the exit status for scripts.
 * @param load imports the study, so that a command that is not run costs no time at the start.
 */
export async function runStudy<Options>(
  load: () => Promise<Study<Options>>,
  options: Options & TerminalOptions,
): Promise<void> {
  const interrupt = interruptSignal((message) => console.error(message));
  try {
    const study = await load();
    const outcome = await study(options, { signal: interrupt.signal, listen: await renderer(options) });
    const { record } = outcome;
    if (options.json === true) {
      console.log(JSON.stringify(await outcome.json(), null, 2));
    } else if (!interrupt.signal.aborted) {
      for (const line of outcome.lines ?? []) console.log(line);
      console.log(outcome.lookAt);
    }
    const lost = record.skipped.length + record.failed.length;
    if (interrupt.signal.aborted) {
      console.error('faceprobe: stopped; the same command goes on where it stopped');
      process.exitCode = exitStatus.failed;
    } else if (lost > 0 && options.strict === true) {
      process.exitCode = exitStatus.incomplete;
    }
  } finally {
    interrupt.dispose();
  }
}

/** A bar on a terminal, lines elsewhere. */
export async function renderer({ quiet, logLevel, debug }: TerminalOptions): Promise<Listener> {
  if (quiet === true) return () => undefined;
  if (process.stderr.isTTY) {
    const { terminalBar } = await import('../jobs/renderers/terminal-bar.js');
    return terminalBar(process.stderr);
  }
  return plainLines((line) => console.error(line), debug === true ? 'DEBUG' : (logLevel ?? 'INFO'));
}
