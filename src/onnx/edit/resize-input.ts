import type { OnnxModel } from '../graph.js';

/**
 * The model for images of another size. Only what the graph declares is changed: the operators must bear any size, as
 * convolutions, poolings and element-wise operators do.
 * @param input name of the graph's input
 * @param axes positions of height and width
 */
export function resizeInput(
  model: OnnxModel,
  input: string,
  axes: { readonly height: number; readonly width: number },
  { width, height }: { readonly width: number; readonly height: number },
): OnnxModel {
  const inputs = model.graph.inputs.map((info) =>
    info.name === input
      ? { ...info, shape: info.shape?.with(axes.height, height).with(axes.width, width) }
      : info,
  );
  // What the file says of tensors behind it may no longer hold.
  const outputs = model.graph.outputs.map((info) => ({
    ...info,
    shape: info.shape?.map((length, axis) => (axis < 2 ? length : null)),
  }));
  return { ...model, graph: { ...model.graph, inputs, outputs, valueInfo: new Map() } };
}
