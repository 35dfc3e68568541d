import { runTasks } from './run-tasks.js';

/**
 * Works on one item in a thread of its own: for what takes seconds of computing beside a study's items.
 *
 * @param module the module whose default export is a `StartTask` of these options, items and results; plain data
 * @throws Problem where the item cannot be done, or the disk is full
 */
export async function runOneTask<Result>(module: URL, options: unknown, item: unknown): Promise<Result> {
  const outcomes = runTasks<unknown, unknown, Result>({ module, options, items: [item], workers: 1 });
  for await (const outcome of outcomes) {
    if ('result' in outcome) return outcome.result;
    throw 'problem' in outcome ? outcome.problem : outcome.defect;
  }
  throw new Error(`The thread of ${module.pathname} gave no answer.`);
}
