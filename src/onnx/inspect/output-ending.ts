import type { Graph, Node, OnnxModel } from '../graph.js';

/** How an output is made in the end: what tells logits from probabilities and raw embeddings from those of length 1. */
export type OutputEnding = 'softmax' | 'log-softmax' | 'sigmoid' | 'unit-length' | 'other';

/** The ending of each output of a graph, by its name. */
export function outputEndings({ graph }: OnnxModel): Readonly<Record<string, OutputEnding>> {
  const producers = new Map(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node])));
  return Object.fromEntries(graph.outputs.map(({ name }) => [name, endingOf(graph, producers, name)]));
}

const moves = new Set([
  'Cast',
  'Dropout',
  'Flatten',
  'Identity',
  'Reshape',
  'Squeeze',
  'Transpose',
  'Unsqueeze',
]);

type Producers = ReadonlyMap<string, Node>;

function endingOf(graph: Graph, producers: Producers, output: string): OutputEnding {
  const node = made(producers, output);
  switch (node?.opType) {
    case 'Softmax':
      return 'softmax';
    case 'LogSoftmax':
      return 'log-softmax';
    case 'Sigmoid':
    case 'HardSigmoid':
      return 'sigmoid';
    case 'LpNormalization':
      return 'unit-length';
    case 'Div':
    case 'Mul':
      return dividesByLength(producers, node) ? 'unit-length' : 'other';
    default:
      return 'other';
  }
}

/** The node that computes a tensor, seen through those that only move or copy it. */
function made(producers: Producers, tensor: string): Node | undefined {
  let node = producers.get(tensor);
  while (node !== undefined && moves.has(node.opType)) node = producers.get(node.inputs[0]);
  return node;
}

/** Operators that stand between a length and the division by it. */
const guards = new Set([
  'Abs',
  'Add',
  'Clip',
  'Expand',
  'Max',
  'Pow',
  'Reciprocal',
  'ReduceSum',
  'Reshape',
  'Sqrt',
  'Unsqueeze',
]);

/** `x / |x|`, in the forms that exporters write: ReduceL2, or the root of a sum of squares, perhaps kept from 0. */
function dividesByLength(producers: Producers, { inputs }: Node): boolean {
  return [0, 1].some((vector) => {
    const open = [inputs[1 - vector]];
    const seen = new Set<string>();
    let root = false;
    while (open.length > 0) {
      const tensor = open.pop()!;
      const node = seen.has(tensor) ? undefined : producers.get(tensor);
      seen.add(tensor);
      if (node === undefined) continue;
      if (node.opType === 'ReduceL2') return node.inputs[0] === inputs[vector];
      root ||= node.opType === 'Sqrt' || node.opType === 'Pow';
      if (node.opType === 'ReduceSumSquare') return root && node.inputs[0] === inputs[vector];
      if (node.opType === 'Mul' && node.inputs[0] === node.inputs[1])
        return root && node.inputs[0] === inputs[vector];
      if (node.opType === 'Pow' && node.inputs[0] === inputs[vector]) return seen.size > 1;
      if (guards.has(node.opType)) open.push(...node.inputs);
    }
    return false;
  });
}
