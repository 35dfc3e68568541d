import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Tensor } from '../tensor/tensor.js';
import type { Tensors } from './model.js';
import { refusedModel, refusedRun } from './runtime-problem.js';
import type { GraphInfo, Session } from './session.js';
import type { SessionTask, SessionWorkerData } from './session.worker.js';

/**
 * Loads a graph once into each of `threads` worker threads. Every run goes as a whole to the next free thread and is
 * computed there single-threaded, so the results depend neither on the number of threads nor on the load; runs that
 * are started without waiting for each other are computed side by side.
 * @param model bytes of an ONNX file.
 * @param name the model's name or file, for messages.
 * @param threads default: one for each core that this process may use.
 * @throws Problem where ONNX Runtime cannot load the graph.
 */
export async function openWorkerSession(
  model: Uint8Array,
  name: string,
  threads: number = availableParallelism(),
): Promise<Session> {
  const shared = new SharedArrayBuffer(model.byteLength);
  new Uint8Array(shared).set(model);
  const pool = new Piscina<SessionTask, GraphInfo | Record<string, Tensor>>({
    filename: new URL('./session.worker.js', import.meta.url).href,
    workerData: { model: shared } satisfies SessionWorkerData,
    minThreads: threads,
    maxThreads: threads,
    // Sessions are expensive to make: a thread stays until the session is closed.
    idleTimeout: Infinity,
  });
  let info: GraphInfo;
  try {
    info = (await pool.run({})) as GraphInfo;
  } catch (error) {
    await pool.destroy();
    throw refusedModel(name, error);
  }
  let closed = false;
  return {
    ...info,
    async run(feeds, outputs) {
      // Piscina would start new threads.
      if (closed) throw new Error(`The session of ${name} is closed.`);
      // One copy on this side, then the worker owns it: the caller may reuse its buffers.
      const copies: Tensors = Object.fromEntries(
        Object.entries(feeds).map(([input, { data, shape }]) => [input, { data: data.slice(), shape }]),
      );
      const transferList = Object.values(copies).map(({ data }) => data.buffer as ArrayBuffer);
      try {
        return (await pool.run({ feeds: copies, outputs }, { transferList })) as Record<string, Tensor>;
      } catch (error) {
        throw refusedRun(name, error);
      }
    },
    async close() {
      closed = true;
      // A run under way may still answer while its thread is being ended; the pool would report that as an error.
      pool.on('error', () => undefined);
      await pool.destroy();
    },
  };
}
