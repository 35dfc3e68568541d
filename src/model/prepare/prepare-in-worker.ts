import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Problem } from '../../problem.js';
import type { PreparedModel } from './prepare-model.js';
import type { ModelFile } from '../read-model-file.js';
import type { PrepareResult, PrepareTask } from './prepare.worker.js';

/** `prepareModel` in a thread of its own. */
export async function prepareInWorker(model: ModelFile, name: string): Promise<PreparedModel> {
  const worker = new Worker(new URL('./prepare.worker.js', import.meta.url), {
    workerData: { model, name } satisfies PrepareTask,
  });
  // `once` rejects where the worker emits an error.
  const [result] = (await once(worker, 'message')) as [PrepareResult];
  if ('problem' in result) {
    const { what, why, remedy } = result.problem;
    throw new Problem(what, why, remedy);
  }
  return result;
}
