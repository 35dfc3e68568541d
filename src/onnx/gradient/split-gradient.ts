import { extractSubgraph, tensorsReadBy } from '../edit/extract-subgraph.js';
import type { OnnxModel } from '../graph.js';
import { gradient, type GradientOptions } from './gradient.js';
import { reachedFrom } from '../edit/reached-from.js';

/** A gradient model in two halves, so that one forward pass serves any number of backward passes. */
export interface SplitGradient {
  /** Gives `of`, what was to be kept, and the residuals. */
  readonly forward: OnnxModel;
  /** Takes the seeds and the residuals, and gives the gradients. */
  readonly backward: OnnxModel;
  /** The tensors that the forward half hands to the backward half. */
  readonly residuals: readonly string[];
}

/**
 * As `gradient`, but cut where the seeds come in: what does not depend on a seed, masks and derivatives among it, is
 * computed once by the forward half. The residuals pass through the caller's hands, so this pays from a few batches of
 * seeds on; with fewer, one combined model is faster.
 * @throws {Problem} as `gradient` does.
 */
export function splitGradient(model: OnnxModel, options: GradientOptions): SplitGradient {
  const combined = gradient(model, options);
  const { graph } = combined;
  const seeds = graph.inputs.filter(({ name }) => !model.graph.inputs.some((input) => input.name === name));
  const gradients = graph.outputs.slice(-(typeof options.wrt === 'string' ? 1 : options.wrt.length));
  const [fromSeeds, fromInputs] = [seeds, model.graph.inputs].map((inputs) =>
    reachedFrom(
      inputs.map(({ name }) => name),
      graph.nodes,
    ),
  );
  const residuals = new Set(
    graph.nodes
      .filter(({ outputs }) => outputs.some((output) => fromSeeds.has(output)))
      .flatMap((node) => [...tensorsReadBy(node)])
      .filter((tensor) => fromInputs.has(tensor) && !fromSeeds.has(tensor)),
  );
  const names = graph.outputs.filter((output) => !gradients.includes(output)).map(({ name }) => name);
  return {
    forward: extractSubgraph(combined, [...new Set([...names, ...residuals])]),
    backward: extractSubgraph(
      combined,
      gradients.map(({ name }) => name),
      [...residuals],
    ),
    residuals: [...residuals],
  };
}
