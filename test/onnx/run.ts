import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { encodeModel } from '../../src/onnx/codec/encode-model.js';
import type { OnnxModel } from '../../src/onnx/graph.js';

export interface Output {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type Feeds = Readonly<Record<string, readonly [Float32Array, readonly number[]]>>;

/** Runs a model (or the bytes of one) in onnxruntime-node. */
export async function run(model: OnnxModel | Uint8Array, feeds: Feeds): Promise<Record<string, Output>> {
  const [results] = await runEach(model, [feeds]);
  return results;
}

/** The same for several feeds, one after the other in one session: large models take long to open. */
export async function runEach(
  model: OnnxModel | Uint8Array,
  feeds: readonly Feeds[],
): Promise<Record<string, Output>[]> {
  const bytes = model instanceof Uint8Array ? model : encodeModel(model);
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const all: Record<string, Output>[] = [];
  for (const each of feeds) {
    const tensors = Object.fromEntries(
      Object.entries(each).map(([name, [data, shape]]) => [name, new OrtTensor('float32', data, shape)]),
    );
    const results = await session.run(tensors);
    all.push(
      Object.fromEntries(
        Object.entries(results).map(([name, { data, dims }]) => [
          name,
          { shape: dims, data: Float32Array.from(data as Float32Array, Number) },
        ]),
      ),
    );
  }
  await session.release();
  return all;
}

/** Fixed pseudo-random values in [-1, 1) (a 32-bit linear congruential generator). */
export function noise(length: number, seed = 1): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}
