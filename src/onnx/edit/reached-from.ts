import { tensorsReadBy } from './extract-subgraph.js';
import type { Node } from '../graph.js';

/** The tensors that depend on some of the given ones, and these. */
export function reachedFrom(tensors: readonly string[], nodes: readonly Node[]): ReadonlySet<string> {
  const reached = new Set(tensors);
  for (const node of nodes) {
    if (![...tensorsReadBy(node)].some((input) => reached.has(input))) continue;
    for (const output of node.outputs) if (output !== '') reached.add(output);
  }
  return reached;
}
