import type { OnnxModel, ValueInfo } from '../onnx/index.js';
import type { GraphInfo, GraphValue } from './session.js';

/** What a decoded model declares about its inputs and outputs, in the words of a session. */
export function graphInfo({ graph }: OnnxModel): GraphInfo {
  return { inputs: graph.inputs.map(graphValue), outputs: graph.outputs.map(graphValue) };
}

/** A tensor's declaration in the words of a session; free and unknown lengths are empty. */
export function graphValue({ name, elementType, shape }: ValueInfo): GraphValue {
  return { name, type: elementType ?? 'unknown', shape: (shape ?? []).map((length) => length ?? '') };
}
