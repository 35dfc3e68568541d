import type { OnnxModel } from '../onnx/index.js';

/**
 * A model that takes one image at once. The runtime then knows every shape, so that a gradient can stay in its blocked
 * layout; and what one image needs fits into a core's cache, where several no longer do. A graph that was exported for a
 * fixed number of images stays as it is.
 */
export function withOneRow(model: OnnxModel, input: string): OnnxModel {
  const inputs = model.graph.inputs.map((info) =>
    info.name === input && info.shape !== undefined && typeof info.shape[0] !== 'number'
      ? { ...info, shape: [1, ...info.shape.slice(1)] }
      : info,
  );
  return { ...model, graph: { ...model.graph, inputs } };
}
