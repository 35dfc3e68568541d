import { finalActivation, type OnnxModel, promoteToOutput } from '../../onnx/index.js';
import type { FinalActivations } from '../model.js';

/**
 * Puts the logits of a model's probabilities behind its outputs, so that they can be explained: softmax and sigmoid
 * saturate.
 */
export function exposeLogits(
  model: OnnxModel,
  name: string,
): { readonly model: OnnxModel; readonly activations: FinalActivations } {
  const activations: FinalActivations = Object.fromEntries(
    model.graph.outputs.flatMap((output) => {
      const activation = finalActivation(model, output.name);
      return activation === undefined ? [] : [[output.name, activation] as const];
    }),
  );
  const logits = Object.values(activations).map((activation) => activation.logits);
  return { model: promoteToOutput(model, logits, name), activations };
}
