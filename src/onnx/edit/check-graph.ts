import type { Graph } from '../graph.js';
import { Problem } from '../../problem.js';
import { tensorsReadBy } from './extract-subgraph.js';

/**
 * Checks that every tensor is computed once, before it is read, and that every output exists.
 * @param name what to call the model in a message
 * @throws {Problem} that names the first tensor for which this does not hold.
 */
export function checkGraph(graph: Graph, name = 'the model'): void {
  const known = new Set([...graph.inputs.map((input) => input.name), ...graph.initializers.keys()]);
  for (const node of graph.nodes) {
    const called = `${node.opType} "${node.name}"`;
    for (const input of tensorsReadBy(node)) {
      if (!known.has(input))
        throw new Problem(name, `${called} reads "${input}", which nothing before it computes`);
    }
    for (const output of node.outputs) {
      if (output === '') continue;
      if (known.has(output))
        throw new Problem(name, `"${output}" is computed twice, the second time by ${called}`);
      known.add(output);
    }
  }
  for (const output of graph.outputs) {
    if (!known.has(output.name)) throw new Problem(name, `nothing computes the output "${output.name}"`);
  }
}
