import { reachedFrom } from './reached-from.js';
import { GraphBuilder } from '../graph-builder.js';
import type { OnnxModel, ValueInfo } from '../graph.js';

/**
 * Writes everything that depends on some tensors a second time, inputs and outputs included; weights, and what does not
 * depend on those tensors, serve both.
 * @param from the tensors, such as an input
 * @param names of the copies of inputs and outputs, by the name of the original
 */
export function copyReached(
  model: OnnxModel,
  from: readonly string[],
  names: ReadonlyMap<string, string>,
): OnnxModel {
  const { graph } = model;
  const reached = reachedFrom(from, graph.nodes);
  const builder = new GraphBuilder(graph);
  const copies = new Map(names);
  for (const name of names.values()) builder.reserve(name);
  const rename = (tensor: string): string => {
    if (!reached.has(tensor)) return tensor;
    const name = copies.get(tensor) ?? builder.fresh(tensor);
    copies.set(tensor, name);
    return name;
  };
  for (const node of graph.nodes) {
    if (!node.outputs.some((output) => reached.has(output))) continue;
    const [inputs, outputs] = [node.inputs, node.outputs].map((tensors) => tensors.map(rename));
    builder.push({ ...node, name: builder.fresh(node.name), inputs, outputs });
  }
  const withCopies = (infos: readonly ValueInfo[]) => [
    ...infos,
    ...infos.filter(({ name }) => reached.has(name)).map((info) => ({ ...info, name: rename(info.name) })),
  ];
  return {
    ...model,
    graph: builder.build({ inputs: withCopies(graph.inputs), outputs: withCopies(graph.outputs) }),
  };
}
