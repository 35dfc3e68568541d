import { encodeModel, flushDenormals, importModel, makeBatchDynamic } from '../../onnx/index.js';
import type { OnnxModel } from '../../onnx/index.js';
import { Problem } from '../../problem.js';
import { adaptModel } from './adapt-model.js';

/**
 * Makes the ONNX file that runs out of a model file: decoded or imported, completed where the zoo says so, able to take any
 * number of rows at once, and without denormal weights. Slow for large files: not for the main thread.
 * @param bytes the user's file.
 * @param name what to call it in messages.
 * @param sha256 of the file; the zoo knows its networks by it.
 * @throws Problem where the file is not a model that can be read.
 */
export function prepareModel(bytes: Uint8Array, name: string, sha256: string): Uint8Array {
  const model = adaptModel(importModel(bytes, name), sha256);
  return encodeModel(flushDenormals(anyBatch(model, name)));
}

/** Where rows cannot be kept apart inside the graph, the graph is declared to take one row, and the session obeys. */
function anyBatch(model: OnnxModel, name: string): OnnxModel {
  try {
    return makeBatchDynamic(model, name);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const inputs = model.graph.inputs.map((input) => {
      const { shape } = input;
      const free = shape !== undefined && shape.length > 0 && typeof shape[0] !== 'number';
      return free ? { ...input, shape: shape.with(0, 1) } : input;
    });
    return { ...model, graph: { ...model.graph, inputs } };
  }
}
