import { Problem } from '../../problem.js';
import { copyReached } from '../edit/copy-reached.js';
import { extractSubgraph } from '../edit/extract-subgraph.js';
import { setOpset } from '../edit/set-opset.js';
import { nearestNames } from '../edit/nearest-names.js';
import { opsetVersion, type OnnxModel } from '../graph.js';
import { gradientName, nthName, seedName } from './names.js';
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
  /**
   * Seeds an image. A number gives each an input and gradients of its own (`nthName`), with one row an image: the fastest form, for the
   * runtime then knows that a gradient has the shape of its activation. Where left out, there is one input, of one row an
   * image or of any number of rows for one image.
   */
  readonly seeds?: number;
  /** What to call the model in messages. */
  readonly name?: string;
}

/**
 * A model that computes, beside `of`, the vector-Jacobian product seedᵀ ∂of/∂wrt, in standard operators.
 *
 * The seed has the shape of its output. One image may be fed with several seeds, stacked on the first axis; the
 * gradient then has one row a seed. With several images there is one seed an image, or as many as `seeds` says. Gradients with respect to
 * initializers are summed over images and seeds.
 *
 * @throws {Problem} where a tensor does not exist, where `of` does not depend on `wrt`, or where operators have no rule;
 * the message lists them all.
 */
export function gradient(model: OnnxModel, options: GradientOptions): OnnxModel {
  const { keep = [], name = 'the model', seeds } = options;
  const [of, wrt] = [options.of, options.wrt].map((names) => (typeof names === 'string' ? [names] : names));
  const forward = extractSubgraph(model, [...new Set([...of, ...keep])], [], name);
  for (const tensor of wrt) checkExists(model, tensor, name);
  const translated = setOpset(forward, Math.max(rulesOpset, opsetVersion(model)), name);
  const differentiated = differentiate(translated, of, wrt, name, seeds === undefined);
  const seedsAndGradients = [...of.map(seedName), ...wrt.map(gradientName)];
  let result = differentiated;
  for (let nth = 2; nth <= (seeds ?? 1); nth++) {
    const names = seedsAndGradients.map((each) => [each, nthName(each, nth)] as const);
    result = copyReached(result, of.map(seedName), new Map(names));
  }
  return result;
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
