import { Piscina, move, transferableSymbol, valueSymbol } from 'piscina';
import type { Tensors } from './model.js';
import { createRuntimeSession } from './runtime-session.js';
import type { GraphInfo } from './session.js';

/** What a worker gets when its thread starts: the bytes of the ONNX file, shared by all threads. */
export interface SessionWorkerData {
  readonly model: SharedArrayBuffer;
}

/** One batch; without feeds, the question what the graph takes and gives. */
export interface SessionTask {
  readonly feeds?: Tensors;
  readonly outputs?: readonly string[] | undefined;
}

const { model } = Piscina.workerData as SessionWorkerData;
// ONNX Runtime's binding refuses shared memory, hence the copy. A graph that cannot be loaded fails the tasks.
const loading = createRuntimeSession(new Uint8Array(new Uint8Array(model)), 1);
loading.catch(() => undefined);

export default async function work({ feeds, outputs }: SessionTask): Promise<unknown> {
  const session = await loading;
  if (feeds === undefined) {
    return { inputs: session.inputs, outputs: session.outputs } satisfies GraphInfo;
  }
  const results = await session.run(feeds, outputs);
  const buffers = [...new Set(Object.values(results).map(({ data }) => data.buffer))];
  return move({ [transferableSymbol]: buffers, [valueSymbol]: results });
}
