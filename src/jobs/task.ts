/**
 * One kind of work on one item (an image), ready in a worker thread. A module that exports a `StartTask` as its default
 * is what `runTasks` runs: it is started once in each thread, so models and detectors are opened once.
 */
export interface Task<Item, Result> {
  /**
   * Works on one item. Items and results are plain data that can be posted to a thread.
   * @throws {Problem} where this item cannot be done; the others go on.
   */
  run(item: Item): Promise<Result>;
}

/**
 * Prepares a task in the current thread.
 * @throws {Problem} where no item at all can be done, such as a model that cannot be read; the run ends.
 */
export type StartTask<Options, Item, Result> = (
  options: Options,
) => Task<Item, Result> | Promise<Task<Item, Result>>;
