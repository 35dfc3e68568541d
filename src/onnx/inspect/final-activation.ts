import type { Node, OnnxModel } from '../graph.js';

/** Where a graph turns scores into probabilities at its very end. */
export interface FinalActivation {
  readonly kind: 'softmax' | 'sigmoid';
  /** The tensor of scores that goes into it, one value for each of the output. */
  readonly logits: string;
}

/** Operators that hand on the elements of their first input in the same order. */
const keepsOrder = new Set(['Identity', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Cast', 'Dropout']);

const kinds: Readonly<Partial<Record<string, FinalActivation['kind']>>> = {
  Softmax: 'softmax',
  Sigmoid: 'sigmoid',
};

/**
 * The softmax or sigmoid that an output comes out of, perhaps through operators that only move its elements. `undefined`
 * where the graph ends in anything else.
 */
export function finalActivation({ graph }: OnnxModel, output: string): FinalActivation | undefined {
  const makers = new Map<string, Node>(
    graph.nodes.flatMap((node) => node.outputs.map((tensor) => [tensor, node] as const)),
  );
  // A malformed graph may lead back to where it came from.
  for (let tensor = output, steps = 0; steps <= graph.nodes.length; steps++) {
    const maker = makers.get(tensor);
    if (maker?.domain !== '' || maker.outputs[0] !== tensor) return undefined;
    const kind = kinds[maker.opType];
    const [input] = maker.inputs;
    if (kind !== undefined) return makers.has(input) ? { kind, logits: input } : undefined;
    if (!keepsOrder.has(maker.opType)) return undefined;
    tensor = input;
  }
  return undefined;
}
