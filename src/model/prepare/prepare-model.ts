import { encodeModel, flushDenormals, importModel, makeBatchDynamic } from '../../onnx/index.js';
import type { OnnxModel } from '../../onnx/index.js';
import { Problem } from '../../problem.js';
import type { FinalActivations } from '../model.js';
import type { ModelFile } from '../read-model-file.js';
import { adaptModel } from './adapt-model.js';
import { exposeLogits } from './expose-logits.js';

/** The ONNX file that runs, and what its graph says. */
export interface PreparedModel {
  readonly onnx: Uint8Array;
  /** How many of its outputs are the model's own; behind them come the logits of `activations`. */
  readonly ownOutputs: number;
  readonly activations: FinalActivations;
}

/**
 * Makes the ONNX file that runs out of a model file: decoded or imported, completed where the zoo says so, able to take any
 * number of rows at once, without denormal weights, and with the logits of its probabilities among its outputs. Slow for large files: not for the main thread.
 * @param name what to call it in messages.
 * @throws Problem where the file is not a model that can be read.
 */
export async function prepareModel(
  { bytes, shards, sha256 }: ModelFile,
  name: string,
): Promise<PreparedModel> {
  const model = adaptModel(await importModel(bytes, name, shards), sha256);
  const ready = flushDenormals(anyBatch(model, name));
  const { model: exposed, activations } = exposeLogits(ready, name);
  return { onnx: encodeModel(exposed), ownOutputs: ready.graph.outputs.length, activations };
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
