import { isMainThread, threadId } from 'node:worker_threads';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileProblem } from '../../src/dataset/file-problem.js';
import type { StartTask } from '../../src/jobs/task.js';
import { Problem } from '../../src/problem.js';

export interface ArithmeticOptions {
  readonly factor: number;
  readonly failToStart?: boolean;
  /** Shared by all threads: how many items were begun, and how many of them ended. */
  readonly tally?: Int32Array<SharedArrayBuffer>;
}

export interface ArithmeticResult {
  readonly product: number;
  readonly thread: number;
  readonly starts: number;
  /** Items of this thread that were under way when this one was begun, itself included. */
  readonly underWay: number;
}

/** What certain numbers do instead of being multiplied. */
export const special = { problem: -1, defect: -2, death: -3, text: -4, diskFull: -5 } as const;

let starts = 0;
let underWay = 0;

/** Multiplies; the special numbers fail in the ways a task can fail. */
const start: StartTask<ArithmeticOptions, number, ArithmeticResult> = async ({
  factor,
  failToStart,
  tally = new Int32Array(new SharedArrayBuffer(8)),
}) => {
  if (failToStart === true) throw new Problem('model.onnx', 'does not exist', 'check the path');
  starts++;
  await sleep(5);
  return {
    async run(item) {
      if (isMainThread) throw new Error('runs on the main thread');
      if (item === special.problem) throw new Problem('image.jpg', 'has no face', 'use another');
      if (item === special.defect) throw new TypeError('x is not a function');
      if (item === special.death) process.exit(7);
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- libraries do such things
      if (item === special.text) throw 'a text';
      if (item === special.diskFull) {
        throw fileProblem(Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }), 'out/a.png');
      }
      Atomics.add(tally, 0, 1);
      const begun = ++underWay;
      await sleep(Math.max(0, 12 - item));
      underWay--;
      Atomics.add(tally, 1, 1);
      return { product: item * factor, thread: threadId, starts, underWay: begun };
    },
  };
};

export default start;
