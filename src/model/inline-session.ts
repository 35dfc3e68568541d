import { isMainThread } from 'node:worker_threads';
import { refusedModel, refusedRun } from './runtime-problem.js';
import { createRuntimeSession } from './runtime-session.js';
import type { Session } from './session.js';

/**
 * Loads a graph into the current worker thread: for jobs that already run one image a thread. A run blocks this thread.
 * @param model bytes of an ONNX file.
 * @param name the model's name or file, for messages.
 * @param threads how many threads one operator may use.
 * @throws Problem where ONNX Runtime cannot load the graph; Error on the main thread, which must never block.
 */
export async function openInlineSession(model: Uint8Array, name: string, threads = 1): Promise<Session> {
  if (isMainThread)
    throw new Error('An inline session would block the main thread: open it in a worker thread.');
  const session = await createRuntimeSession(model, threads).catch((error: unknown) => {
    throw refusedModel(name, error);
  });
  return {
    inputs: session.inputs,
    outputs: session.outputs,
    run: (feeds, outputs) =>
      session.run(feeds, outputs).catch((error: unknown) => {
        throw refusedRun(name, error);
      }),
    close: () => session.release(),
  };
}
