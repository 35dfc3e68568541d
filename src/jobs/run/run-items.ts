import type { Listener, RunEvent } from '../events.js';
import { runTasks } from '../run-tasks.js';
import type { RunFolder } from './run-folder.js';

export interface ItemsToRun<Options> {
  readonly run: RunFolder;
  /** What is done, in a word or two for the progress bar. */
  readonly title: string;
  /** The module of the task (see `StartTask`). */
  readonly module: URL;
  readonly options: Options;
  readonly workers: number;
  /** See `runTasks`. @default 1 */
  readonly itemsAThread?: number | undefined;
  readonly signal: AbortSignal;
  readonly listen: Listener;
}

/** One item of a run, with a name of its own; plain data. */
export interface NamedItem {
  readonly name: string;
}

/**
 * Works on the items of a run that are not finished yet. Every outcome goes into the journal or the record, the log and
 * the stream of events; an item that fails does not stop the others.
 *
 * @param items all items, each with its name, which is unique in the run.
 * @returns whether all items were looked at; not so where the signal aborted.
 */
export async function runItems<Options>(
  items: readonly NamedItem[],
  { run, title, module, options, workers, itemsAThread, signal, listen }: ItemsToRun<Options>,
): Promise<boolean> {
  const { record, finished } = run;
  const open = items.filter(({ name }) => !finished.has(name));
  const before = items.length - open.length;
  const start = performance.now();
  const tell = (event: RunEvent) => {
    run.log(event);
    listen(event);
  };
  const counts = { done: 0, skipped: 0, failed: 0 };

  tell({ type: 'started', title, total: items.length, before });
  // A worker for every item that is left is enough.
  const outcomes = runTasks({
    module,
    options,
    items: open,
    workers: Math.min(workers, Math.max(open.length, 1)),
    itemsAThread,
    signal,
  });
  for await (const outcome of outcomes) {
    const { name } = outcome.item;
    if ('result' in outcome) {
      run.finish({ item: name, result: outcome.result });
      counts.done += 1;
      tell({ type: 'done', item: name });
    } else if ('problem' in outcome) {
      const { problem } = outcome;
      // The reason names the item, unless the problem is about the item itself.
      const reason = problem.what === name ? problem.message : `${name}: ${problem.message}`;
      record.skipped.push({ item: name, reason });
      counts.skipped += 1;
      tell({ type: 'skipped', item: name, reason });
    } else {
      const { message, stack } = outcome.defect;
      record.failed.push({ item: name, reason: message });
      counts.failed += 1;
      tell({ type: 'failed', item: name, reason: message, stack });
    }
  }
  record.counts = {
    items: items.length,
    done: before + counts.done,
    skipped: record.skipped.length,
    failed: record.failed.length,
  };
  const seconds = (performance.now() - start) / 1000;
  tell({ type: 'finished', title, ...counts, seconds, stopped: signal.aborted });
  return !signal.aborted;
}
