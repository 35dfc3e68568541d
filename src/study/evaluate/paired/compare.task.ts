import { join } from 'node:path';
import type { Task } from '../../../jobs/task.js';
import type { EvaluationTask } from '../evaluate-request.js';
import { compareDecisions, type ErrorDifference } from './compare-decisions.js';
import { readDecisions } from './read-decisions.js';

export interface CompareTaskOptions {
  /** The folder of the run; each system has a folder in it. */
  readonly output: string;
  readonly task: EvaluationTask;
  readonly seed: number;
}

/** Compares systems by the decisions that were written; an item is their names, the first being the baseline. */
export default function startComparing({
  output,
  task,
  seed,
}: CompareTaskOptions): Task<readonly string[], ErrorDifference[]> {
  return {
    async run(names) {
      const systems = await Promise.all(
        names.map(async (name) => ({ name, decisions: await readDecisions(join(output, name), task) })),
      );
      return compareDecisions(task, systems, seed);
    },
  };
}
