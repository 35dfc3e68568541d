import { workerData } from 'node:worker_threads';
import { Problem } from '../problem.js';
import type { StartTask, Task } from './task.js';

/** What a thread gets when it starts. */
export interface TaskWorkerData {
  /** URL of the module whose default export starts the task. */
  readonly module: string;
  readonly options: unknown;
}

/** A Problem or an error as plain data: the prototype of an Error does not survive the way between threads. */
export type Failure =
  | {
      readonly kind: 'problem';
      readonly what: string;
      readonly why: string;
      readonly remedy: string | undefined;
    }
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string | undefined };

/** `fatal`: no other item can be done either. */
export type TaskReply = { readonly result: unknown } | { readonly failure: Failure; readonly fatal: boolean };

const { module, options } = workerData as TaskWorkerData;
const starting = import(module).then((exports: { default: StartTask<unknown, unknown, unknown> }) =>
  exports.default(options),
);
starting.catch(() => undefined);

export default async function work(item: unknown): Promise<TaskReply> {
  let task: Task<unknown, unknown>;
  try {
    task = await starting;
  } catch (error) {
    return { failure: describe(error), fatal: true };
  }
  try {
    return { result: await task.run(item) };
  } catch (error) {
    return { failure: describe(error), fatal: isDiskFull(error) };
  }
}

function describe(error: unknown): Failure {
  if (error instanceof Problem) {
    return { kind: 'problem', what: error.what, why: error.why, remedy: error.remedy };
  }
  return error instanceof Error
    ? { kind: 'defect', message: error.message, stack: error.stack }
    : { kind: 'defect', message: String(error), stack: undefined };
}

/** Going on would fail for every item and hide the one reason behind thousands of lines. */
function isDiskFull(error: unknown): boolean {
  const cause = error instanceof Problem ? error.cause : error;
  return (
    cause instanceof Error && 'code' in cause && ['ENOSPC', 'EDQUOT', 'EROFS'].includes(String(cause.code))
  );
}
