import { Problem } from '../../problem.js';
import { extractSubgraph } from '../edit/extract-subgraph.js';
import { setOpset } from '../edit/set-opset.js';
import { nearestNames } from '../edit/nearest-names.js';
import { opsetVersion, type OnnxModel } from '../graph.js';
import { differentiate } from './differentiate.js';

/** The opset in which the rules read and write. */
const rulesOpset = 18;

export interface GradientOptions {
  /** The output or outputs (or any tensors) to differentiate. Each gets a seed input, named by `seedName`. */
  readonly of: string | readonly string[];
  /** Graph inputs, intermediate tensors or initializers. Each gets an output of its shape, named by `gradientName`. */
  readonly wrt: string | readonly string[];
  /** Further tensors to return, such as the activations of a layer. */
  readonly keep?: readonly string[];
  /** What to call the model in messages. */
  readonly name?: string;
}

/**
 * A model that computes, beside `of`, the vector-Jacobian product seedᵀ ∂of/∂wrt, in standard operators.
 *
 * The seed has the shape of its output. One image may be fed with several seeds, stacked on the first axis; the
 * gradient then has one row a seed. With several images there is one seed an image. Gradients with respect to
 * initializers are summed over images and seeds.
 *
 * @throws {Problem} where a tensor does not exist, where `of` does not depend on `wrt`, or where operators have no rule;
 * the message lists them all.
 */
export function gradient(model: OnnxModel, options: GradientOptions): OnnxModel {
  const { keep = [], name = 'the model' } = options;
  const [of, wrt] = [options.of, options.wrt].map((names) => (typeof names === 'string' ? [names] : names));
  const forward = extractSubgraph(model, [...new Set([...of, ...keep])], [], name);
  for (const tensor of wrt) checkExists(model, tensor, name);
  return differentiate(setOpset(forward, Math.max(rulesOpset, opsetVersion(model)), name), of, wrt, name);
}

function checkExists({ graph }: OnnxModel, tensor: string, name: string): void {
  const known = new Set([
    ...graph.inputs.map((input) => input.name),
    ...graph.nodes.flatMap(({ outputs }) => outputs).filter((output) => output !== ''),
    ...graph.initializers.keys(),
  ]);
  if (known.has(tensor)) return;
  throw new Problem(
    name,
    `has no tensor "${tensor}"`,
    `near it are ${nearestNames(tensor, [...known]).join(', ')}`,
  );
}
