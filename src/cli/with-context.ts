import { interruptSignal } from '../jobs/interrupt.js';
import type { StudyContext } from '../study/study.js';
import { renderer, type TerminalOptions } from './run-study.js';

/** Runs what is no study with run folder: Ctrl-C aborts it, progress goes to standard error. */
export async function withContext(
  options: TerminalOptions,
  work: (context: StudyContext) => Promise<void>,
): Promise<void> {
  const interrupt = interruptSignal((message) => console.error(message));
  try {
    await work({ signal: interrupt.signal, listen: await renderer(options) });
  } finally {
    interrupt.dispose();
  }
}
