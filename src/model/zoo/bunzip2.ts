import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/**
 * Unpacks a bzip2 file, in a thread of its own: the dlib predictor takes some ten seconds.
 * @param bytes size of the unpacked file; more is refused.
 */
export async function bunzip2(source: string, target: string, bytes: number): Promise<void> {
  const worker = new Worker(new URL('./bunzip2.worker.js', import.meta.url), {
    workerData: { source, target, bytes },
  });
  // `once` rejects where the worker emits an error.
  await once(worker, 'exit');
}
