import { Problem } from '../../../problem.js';
import { nodeOf } from './node-of.js';
import type { TfjsNode } from './tfjs-node.js';

/**
 * The nodes that the outputs depend on, each after those it reads.
 * @throws {Problem} where a node reads one that is not there, or itself by a detour: the file is damaged.
 */
export function executionOrder(
  nodes: ReadonlyMap<string, TfjsNode>,
  outputs: readonly string[],
  name: string,
): readonly TfjsNode[] {
  const order: TfjsNode[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const stack = [...outputs].reverse();
  while (stack.length > 0) {
    const current = stack.at(-1)!;
    const node = nodes.get(current);
    if (node === undefined) throw new Problem(name, `is damaged: there is no node "${current}"`);
    if (state.has(current)) {
      stack.pop();
      if (state.get(current) === 'open') order.push(node);
      state.set(current, 'done');
      continue;
    }
    state.set(current, 'open');
    for (const input of node.inputs.map(nodeOf)) {
      if (state.get(input) === 'open')
        throw new Problem(name, `is damaged: "${input}" depends on its own result`);
      if (!state.has(input)) stack.push(input);
    }
  }
  return order;
}
