import type { Graph, Node, OnnxModel, ValueInfo } from '../graph.js';
import { Problem } from '../../problem.js';
import { inferShapes } from '../shape/infer-shapes.js';
import { nearestNames } from './nearest-names.js';

/**
 * The part of a model that computes some of its tensors. Nodes and weights that they do not need are left out.
 * @param outputs names of the tensors to compute, in the order they are to come out
 * @param inputs tensors to feed instead of computing them; the model's own inputs stay as far as they are needed
 * @param name what to call the model in a message
 * @throws {Problem} where a tensor does not exist.
 */
export function extractSubgraph(
  model: OnnxModel,
  outputs: readonly string[],
  inputs: readonly string[] = [],
  name = 'the model',
): OnnxModel {
  const { graph } = model;
  const known = new Set([
    ...graph.inputs.map((info) => info.name),
    ...graph.nodes.flatMap((node) => node.outputs).filter((output) => output !== ''),
  ]);
  for (const tensor of [...outputs, ...inputs]) {
    if (known.has(tensor)) continue;
    const near = nearestNames(tensor, [...known]);
    throw new Problem(name, `has no tensor "${tensor}"`, `near it are ${near.join(', ')}`);
  }
  const fed = new Set(inputs);
  const needed = new Set(outputs);
  const nodes: Node[] = [];
  for (const node of [...graph.nodes].reverse()) {
    if (!node.outputs.some((output) => needed.has(output) && !fed.has(output))) continue;
    nodes.push(node);
    for (const input of tensorsReadBy(node)) needed.add(input);
  }
  nodes.reverse();
  const facts = inferShapes(model);
  const info = (tensor: string): ValueInfo =>
    [...graph.inputs, ...graph.outputs].find((each) => each.name === tensor) ?? {
      name: tensor,
      elementType: facts.get(tensor)?.elementType,
      shape: facts.get(tensor)?.shape,
    };
  return {
    ...model,
    graph: {
      ...graph,
      inputs: [
        ...graph.inputs.map((each) => each.name).filter((each) => needed.has(each) && !fed.has(each)),
        ...inputs,
      ].map(info),
      outputs: outputs.map(info),
      nodes,
      initializers: new Map(
        [...graph.initializers].filter(([tensor]) => needed.has(tensor) && !fed.has(tensor)),
      ),
      valueInfo: new Map([...graph.valueInfo].filter(([tensor]) => needed.has(tensor))),
    },
  };
}

/** Leaves out the nodes and weights that no output needs. */
export function pruneDeadNodes(model: OnnxModel): OnnxModel {
  const pruned = extractSubgraph(
    model,
    model.graph.outputs.map(({ name }) => name),
  );
  return { ...pruned, graph: { ...pruned.graph, inputs: model.graph.inputs } };
}

/** What a node reads: its inputs, and what its subgraphs read from the graph around them. */
export function tensorsReadBy(node: Node): ReadonlySet<string> {
  const read = new Set(node.inputs.filter((input) => input !== ''));
  for (const { type, value } of Object.values(node.attributes)) {
    const subgraphs = type === 'graph' ? [value] : type === 'graphs' ? value : [];
    for (const subgraph of subgraphs) for (const tensor of freeTensors(subgraph)) read.add(tensor);
  }
  return read;
}

/** The tensors that a subgraph reads from outside itself. */
function freeTensors(graph: Graph): readonly string[] {
  const own = new Set([
    ...graph.inputs.map(({ name }) => name),
    ...graph.initializers.keys(),
    ...graph.nodes.flatMap(({ outputs }) => outputs),
  ]);
  const read = [
    ...graph.nodes.flatMap((node) => [...tensorsReadBy(node)]),
    ...graph.outputs.map(({ name }) => name),
  ];
  return read.filter((tensor) => !own.has(tensor));
}
