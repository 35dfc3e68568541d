import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeFileAtomicSync } from '../../../src/dataset/write-file-atomic.js';
import type { Task } from '../../../src/jobs/task.js';
import { Problem } from '../../../src/problem.js';

export interface SquareOptions {
  readonly folder: string;
  /** Milliseconds that an item takes. */
  readonly delay: number;
}

export interface SquareItem {
  readonly name: string;
  readonly value: number;
}

/** Writes the square of each number into a file of its own; 13 cannot be done. */
export default function startSquaring({ folder, delay }: SquareOptions): Task<SquareItem, number> {
  return {
    async run({ name, value }) {
      await sleep(delay);
      if (value === 13) throw new Problem(name, 'brings bad luck', 'use another');
      writeFileAtomicSync(join(folder, 'out', `${name}.txt`), String(value ** 2));
      return value ** 2;
    },
  };
}
