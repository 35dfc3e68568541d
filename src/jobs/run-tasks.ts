import { Piscina } from 'piscina';
import { Problem } from '../problem.js';
import type { Failure, TaskReply, TaskWorkerData } from './task.worker.js';

/** What became of one item. A `defect` is an error of faceprobe itself. */
export type Outcome<Item, Result> =
  | { readonly item: Item; readonly result: Result }
  | { readonly item: Item; readonly problem: Problem }
  | { readonly item: Item; readonly defect: Error };

export interface TaskOptions<Options, Item> {
  /** The module whose default export is a `StartTask`. */
  readonly module: URL;
  /** Given to the task in each thread; plain data. */
  readonly options: Options;
  readonly items: Iterable<Item> | AsyncIterable<Item>;
  /** Threads; no more than there are items to work on are started. */
  readonly workers: number;
  /**
   * Items that a thread begins before its first one is done. Two where a task waits for its image to be decoded, which
   * libvips does elsewhere; its `run` must then bear being called again before it has ended. @default 1
   */
  readonly itemsAThread?: number | undefined;
  /** When it aborts, items under way are finished and no further one is begun. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Room for the short-lived objects of a thread, in MB: a quarter of what Node gives. An image leaves few of them, so that
 * they take as little time to collect, and each thread stays 15 to 20 MB smaller.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 12 };

/**
 * Works on items in worker threads, one item a thread at a time unless told otherwise. The main thread only hands out work. Items are drawn
 * when they are needed, so their number does not cost memory. Outcomes come in the order in which they are ready.
 *
 * @throws {Problem} where the task cannot start at all, or the disk is full.
 */
export async function* runTasks<Options, Item, Result>(
  task: TaskOptions<Options, Item>,
): AsyncGenerator<Outcome<Item, Result>, void, void> {
  const { signal, workers, itemsAThread = 1 } = task;
  const pool = new Piscina<Item, TaskReply>({
    filename: new URL('./task.worker.js', import.meta.url).href,
    workerData: { module: task.module.href, options: task.options } satisfies TaskWorkerData,
    minThreads: 0,
    maxThreads: workers,
    concurrentTasksPerWorker: itemsAThread,
    idleTimeout: Infinity,
    resourceLimits,
  });
  const underWay = new Map<number, Promise<readonly [number, Item, TaskReply]>>();
  const source = iterate(task.items);
  let next = 0;
  let exhausted = false;

  try {
    for (;;) {
      // One item more than there are threads, so that none waits while an outcome is being handled.
      while (!exhausted && signal?.aborted !== true && underWay.size <= workers * itemsAThread) {
        const drawn = await source.next();
        if (drawn.done === true) {
          exhausted = true;
        } else {
          const ticket = next++;
          underWay.set(
            ticket,
            pool.run(drawn.value).then(
              (reply) => [ticket, drawn.value, reply] as const,
              (error: unknown) => [ticket, drawn.value, crashed(error)] as const,
            ),
          );
        }
      }
      if (underWay.size === 0) return;
      const [ticket, item, reply] = await Promise.race(underWay.values());
      underWay.delete(ticket);
      yield outcome<Item, Result>(item, reply);
    }
  } finally {
    // After a fatal reply, or when the consumer leaves, a thread may still answer while it is being ended. Nobody
    // waits for that answer, but the pool would report it as an error and end the process.
    pool.on('error', () => undefined);
    // Ending a thread inside native code, such as the loading of a model, can end the process.
    await Promise.allSettled(underWay.values());
    await pool.destroy();
  }
}

function iterate<Item>(items: Iterable<Item> | AsyncIterable<Item>): Iterator<Item> | AsyncIterator<Item> {
  return Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
}

/** The thread ended, for lack of memory for instance; the pool starts another one. */
function crashed(error: unknown): TaskReply {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { failure: { kind: 'defect', message, stack }, fatal: false };
}

function outcome<Item, Result>(item: Item, reply: TaskReply): Outcome<Item, Result> {
  if ('result' in reply) return { item, result: reply.result as Result };
  const error = revive(reply.failure);
  if (reply.fatal) throw error;
  return error instanceof Problem ? { item, problem: error } : { item, defect: error };
}

function revive(failure: Failure): Error {
  if (failure.kind === 'problem') return new Problem(failure.what, failure.why, failure.remedy);
  const error = new Error(failure.message);
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}
