import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '../../problem.js';
import { prepareModel } from './prepare-model.js';

export interface PrepareTask {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly sha256: string;
}

/** A Problem loses its class on the way between threads, so it goes in parts. */
export type PrepareResult =
  | { readonly onnx: Uint8Array<ArrayBuffer> }
  | {
      readonly problem: { readonly what: string; readonly why: string; readonly remedy: string | undefined };
    };

function work({ bytes, name, sha256 }: PrepareTask): PrepareResult {
  try {
    const onnx = prepareModel(bytes, name, sha256);
    return { onnx: new Uint8Array(onnx) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { problem: { what: error.what, why: error.why, remedy: error.remedy } };
  }
}

const result = work(workerData as PrepareTask);
parentPort!.postMessage(result, 'onnx' in result ? [result.onnx.buffer] : []);
