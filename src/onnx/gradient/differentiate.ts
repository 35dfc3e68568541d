import { Problem } from '../../problem.js';
import { tensorsReadBy } from '../edit/extract-subgraph.js';
import { GraphBuilder } from '../graph-builder.js';
import type { Node, OnnxModel, ValueInfo } from '../graph.js';
import type { Fact } from '../shape/fact.js';
import { inferShapes } from '../shape/infer-shapes.js';
import { Context } from './context.js';
import { gradientName, seedName } from './names.js';
import { NotDifferentiable } from './not-differentiable.js';
import { reachedFrom } from '../edit/reached-from.js';
import { Refusal, type Application, type Gradient } from './rule.js';
import { rules, rulesOfAllOutputs } from './rules/index.js';

/**
 * Reverse-mode differentiation: appends to a model, behind its own nodes, those that compute the gradients. The result
 * has the seeds among its inputs and the gradients among its outputs; nothing else of its interface changes.
 * @param model in opset 18 or later, holding only what `of` needs
 * @param stacked whether one image may come with several seeds
 * @throws {NotDifferentiable} where operators have no rule; all are named.
 * @throws {Problem} where `of` does not depend on a tensor of `wrt`.
 */
export function differentiate(
  model: OnnxModel,
  of: readonly string[],
  wrt: readonly string[],
  name: string,
  stacked: boolean,
): OnnxModel {
  const { graph } = model;
  const facts = inferShapes(model);
  const batch = graph.inputs.flatMap(({ shape }) => (typeof shape?.[0] === 'string' ? [shape[0]] : []));
  const builder = new GraphBuilder(graph);
  const inputs = graph.inputs.map((input) => input.name);
  const context = new Context(builder, facts, batch, reachedFrom(inputs, graph.nodes), stacked);
  const active = reachedFrom(wrt, graph.nodes);
  const arriving = new Map<string, string[]>();
  const arrive = (tensor: string, gradient: string) => {
    arriving.set(tensor, [...(arriving.get(tensor) ?? []), gradient]);
  };
  const arrived = (tensor: string) => {
    const parts = arriving.get(tensor);
    return parts === undefined ? undefined : context.sum(parts);
  };

  for (const tensor of of) {
    const seed = builder.reserve(seedName(tensor));
    context.declare(seed, context.elementType(tensor));
    arrive(tensor, seed);
  }
  const refusals = new Refusals();
  for (const node of [...graph.nodes].reverse()) {
    // A node with a subgraph may read more than its inputs.
    if (![...tensorsReadBy(node)].some((input) => active.has(input))) continue;
    const upstream = node.outputs.map(arrived);
    const g = upstream.find((gradient) => gradient !== undefined);
    if (g === undefined) continue;
    const application = { node, x: node.inputs[0], y: node.outputs[0], g, upstream };
    const gradients = gradientsOf(application, context, refusals);
    node.inputs.forEach((input, i) => {
      if (!active.has(input) || gradients[i] === undefined) return;
      // After a refusal the pass goes on, so that all are found; its result is never used.
      arrive(input, refusals.attempt(node, gradients[i]) ?? g);
    });
  }
  refusals.throwIfAny(name);

  const outputs = wrt.map((tensor) => {
    const gradient = arrived(tensor);
    if (gradient === undefined) {
      throw new Problem(
        name,
        `${of.map((each) => `"${each}"`).join(', ')} does not depend on "${tensor}" in a way that has a derivative`,
      );
    }
    const [output] = builder.nodes('Identity', [gradient], {}, { outputs: [gradientName(tensor)] });
    return rows(output, tensor, facts, context, stacked && !graph.initializers.has(tensor));
  });
  const seeds = of.map((tensor) => rows(seedName(tensor), tensor, facts, context, stacked));
  const built = builder.build({
    inputs: [...graph.inputs, ...seeds],
    outputs: [...graph.outputs, ...outputs],
  });
  const additional = context.additionalOutputs;
  const nodes = built.nodes.map((node) =>
    additional.has(node) ? { ...node, outputs: additional.get(node)! } : node,
  );
  return { ...model, graph: { ...built, nodes } };
}

function gradientsOf(
  application: Application,
  context: Context,
  refusals: Refusals,
): readonly (Gradient | undefined)[] {
  const { node, g, upstream } = application;
  const rule = node.domain === '' && Object.hasOwn(rules, node.opType) ? rules[node.opType] : undefined;
  const all = node.inputs.map(() => () => g);
  if (rule === undefined) {
    refusals.add(node);
    return all;
  }
  const second = upstream.findIndex((gradient, i) => i > 0 && gradient !== undefined);
  if (second > 0 && !rulesOfAllOutputs.has(node.opType)) {
    refusals.add(node, `a gradient of its output "${node.outputs[second]}"`);
    return all;
  }
  return refusals.attempt(node, () => rule(application, context)) ?? all;
}

/** What a seed or gradient of a tensor looks like: as the tensor, or with any number of rows. */
function rows(
  name: string,
  tensor: string,
  facts: ReadonlyMap<string, Fact>,
  context: Context,
  open: boolean,
): ValueInfo {
  const { elementType, shape } = facts.get(tensor) ?? {};
  const axis = shape === undefined || !open ? undefined : context.batchAxis(tensor);
  return { name, elementType, shape: shape?.map((length, i) => (i === axis ? null : length)) };
}

/** The operators of a model that cannot be differentiated, by name, with how often and why. */
class Refusals {
  readonly #nodes = new Map<string, Set<Node>>();

  add(node: Node, reason?: string): void {
    const { domain, opType } = node;
    const operator = domain === '' ? opType : `${domain}.${opType}`;
    const called = reason === undefined ? operator : `${operator} with ${reason}`;
    this.#nodes.set(called, (this.#nodes.get(called) ?? new Set()).add(node));
  }

  /** The result, or `undefined` where a rule refuses. */
  attempt<Result>(node: Node, write: () => Result): Result | undefined {
    try {
      return write();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.add(node, error.message);
      return undefined;
    }
  }

  throwIfAny(name: string): void {
    if (this.#nodes.size === 0) return;
    const list = Array.from(this.#nodes, ([operator, nodes]) => `${operator} (${nodes.size})`).join(', ');
    throw new NotDifferentiable(name, `cannot be differentiated: there is no rule for ${list}`);
  }
}
