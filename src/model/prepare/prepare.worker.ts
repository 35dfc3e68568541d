import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '../../problem.js';
import type { ModelFile } from '../read-model-file.js';
import { type PreparedModel, prepareModel } from './prepare-model.js';

export interface PrepareTask {
  readonly model: ModelFile;
  readonly name: string;
}

/** A Problem loses its class on the way between threads, so it goes in parts. */
export type PrepareResult =
  | (PreparedModel & { readonly onnx: Uint8Array<ArrayBuffer> })
  | {
      readonly problem: { readonly what: string; readonly why: string; readonly remedy: string | undefined };
    };

async function work({ model, name }: PrepareTask): Promise<PrepareResult> {
  try {
    const prepared = await prepareModel(model, name);
    return { ...prepared, onnx: new Uint8Array(prepared.onnx) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { problem: { what: error.what, why: error.why, remedy: error.remedy } };
  }
}

const result = await work(workerData as PrepareTask);
parentPort!.postMessage(result, 'onnx' in result ? [result.onnx.buffer] : []);
