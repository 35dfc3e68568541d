import { Constant } from '../constant.js';
import { pruneDeadNodes } from '../edit/extract-subgraph.js';
import type { Dimension, Node, OnnxModel } from '../graph.js';
import { inferShapes } from '../shape/infer-shapes.js';

/**
 * Writes PRelu where a network spells it out in four or five operators, as converters from TensorFlow do. Each is a walk
 * through the whole tensor, so the networks of MTCNN take half the time afterwards. The forms are, with a stored slope:
 * relu(x) + slope · -relu(-x), relu(x) - slope · relu(-x), and relu(x) + slope/2 · (x - |x|).
 */
export function fusePRelu(model: OnnxModel): OnnxModel {
  const { graph } = model;
  const facts = inferShapes(model);
  const producers = new Map(
    graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)),
  );
  const initializers = new Map(graph.initializers);
  const computedBy = (tensor: string, opType: string): Node | undefined => {
    const node = producers.get(tensor);
    return node?.opType === opType && node.domain === '' ? node : undefined;
  };

  const fused = (node: Node): Node => {
    if ((node.opType !== 'Add' && node.opType !== 'Sub') || node.domain !== '') return node;
    const [left, right] = node.inputs;
    const orders =
      node.opType === 'Add'
        ? [
            [left, right],
            [right, left],
          ]
        : [[left, right]];
    for (const [positive, negative] of orders) {
      const x = computedBy(positive, 'Relu')?.inputs[0];
      const product = computedBy(negative, 'Mul');
      if (x === undefined || product === undefined) continue;
      const stored = product.inputs.find((input) => initializers.get(input)?.elementType === 'float32');
      const part = product.inputs.find((input) => input !== stored);
      if (stored === undefined || part === undefined) continue;
      const factor =
        node.opType === 'Add' ? factorOfNegativePart(part, x, computedBy) : factorOfRelu(part, x, computedBy);
      const slope = initializers.get(stored)!;
      if (factor === undefined || !fits(slope.shape, facts.get(x)?.shape)) continue;
      const name = factor === 1 ? stored : `${stored}_times_${factor}`;
      initializers.set(name, factor === 1 ? slope : timesFactor(slope, factor));
      return { ...node, opType: 'PRelu', inputs: [x, name] };
    }
    return node;
  };
  return pruneDeadNodes({ ...model, graph: { ...graph, nodes: graph.nodes.map(fused), initializers } });
}

type ComputedBy = (tensor: string, opType: string) => Node | undefined;

/** How many times min(x, 0) a tensor is, where it is -relu(-x) or x - |x|. */
function factorOfNegativePart(tensor: string, x: string, computedBy: ComputedBy): number | undefined {
  const negated = computedBy(tensor, 'Neg')?.inputs[0];
  if (negated !== undefined) return factorOfRelu(negated, x, computedBy);
  const difference = computedBy(tensor, 'Sub')?.inputs;
  const isTwice = difference?.[0] === x && computedBy(difference[1], 'Abs')?.inputs[0] === x;
  return isTwice ? 2 : undefined;
}

/** 1 where a tensor is relu(-x). */
function factorOfRelu(tensor: string, x: string, computedBy: ComputedBy): number | undefined {
  const negated = computedBy(tensor, 'Relu')?.inputs[0];
  return negated !== undefined && computedBy(negated, 'Neg')?.inputs[0] === x ? 1 : undefined;
}

/** PRelu's slope is broadcast to its input, never the other way round. */
function fits(slope: readonly number[], shape: readonly Dimension[] | undefined): boolean {
  if (shape === undefined || slope.length > shape.length) return false;
  return slope.every((length, axis) => length === 1 || length === shape[shape.length - slope.length + axis]);
}

function timesFactor(constant: Constant, factor: number): Constant {
  return Constant.float32(
    constant.float32().map((value) => value * factor),
    constant.shape,
  );
}
