import type { Dimension, Node, OnnxModel } from '../graph.js';
import type { Fact } from '../shape/fact.js';
import { inferShapes } from '../shape/infer-shapes.js';

/** A tensor [batch, channels, height, width] inside a network that a map can be drawn of. */
export interface SpatialLayer {
  readonly tensor: string;
  /** The operator that computes it. */
  readonly operator: string;
  readonly shape: readonly Dimension[];
  /**
   * `last`: what is computed from it loses the spatial axes for good (by global pooling, Flatten or a convolution down to
   * one pixel), or it is an output. `scale`: the last tensor of its size before the network goes on at another one.
   */
  readonly kind: 'last' | 'scale';
}

/**
 * The tensors that methods such as Grad-CAM are usually applied to, in the order they are computed in: so the last one of
 * kind `last` is the usual choice. Side branches that pool for themselves only (squeeze and excitation) do not count.
 * Empty where shapes are unknown or the network has no convolution or pooling.
 */
export function spatialLayers(model: OnnxModel): readonly SpatialLayer[] {
  const { nodes } = model.graph;
  const shapes = spatialShapes(inferShapes(model));
  const readers = readersOf(nodes);
  const flat = tensorsThatStayFlat(nodes, shapes, readers);
  const convolved = new Set<string>();
  const layers: SpatialLayer[] = [];
  for (const node of nodes) {
    if (/Conv|Pool/.test(node.opType) || node.inputs.some((input) => convolved.has(input))) {
      node.outputs.forEach((output) => convolved.add(output));
    }
    const [tensor] = node.outputs;
    const shape = shapes.get(tensor);
    if (movesOnly.has(node.opType) || shape === undefined || !convolved.has(tensor)) continue;
    const next = computedFrom(tensor, readers);
    const goesOn = next.map((each) => shapes.get(each)).filter((each) => each !== undefined);
    if (next.length === 0 || next.some((each) => flat.has(each))) {
      layers.push({ tensor, operator: node.opType, shape, kind: 'last' });
    } else if (goesOn.length > 0 && goesOn.every((each) => each[2] !== shape[2] || each[3] !== shape[3])) {
      layers.push({ tensor, operator: node.opType, shape, kind: 'scale' });
    }
  }
  return layers;
}

/** Operators that give the same elements in another arrangement: not layers of their own. */
const movesOnly = new Set([
  'Dropout',
  'Flatten',
  'Identity',
  'Pad',
  'Reshape',
  'Squeeze',
  'Transpose',
  'Unsqueeze',
]);

/** The shapes of those tensors that are batches of maps of more than one pixel. */
function spatialShapes(facts: ReadonlyMap<string, Fact>): ReadonlyMap<string, readonly Dimension[]> {
  const shapes = new Map<string, readonly Dimension[]>();
  for (const [tensor, { shape }] of facts) {
    if (shape?.length === 4 && !(shape[2] === 1 && shape[3] === 1)) shapes.set(tensor, shape);
  }
  return shapes;
}

/** Sizes that are read off a tensor are no computation on it. */
function readersOf(nodes: readonly Node[]): ReadonlyMap<string, readonly Node[]> {
  const readers = new Map<string, Node[]>();
  for (const node of nodes) {
    if (node.opType === 'Shape' || node.opType === 'Size') continue;
    for (const input of node.inputs) {
      const known = readers.get(input);
      if (known === undefined) readers.set(input, [node]);
      else known.push(node);
    }
  }
  return readers;
}

/** Tensors without spatial axes from which none with such axes is computed any more, unlike a gate on the channels. */
function tensorsThatStayFlat(
  nodes: readonly Node[],
  shapes: ReadonlyMap<string, readonly Dimension[]>,
  readers: ReadonlyMap<string, readonly Node[]>,
): ReadonlySet<string> {
  const flat = new Set<string>();
  for (const { outputs } of [...nodes].reverse()) {
    for (const output of outputs) {
      const next = (readers.get(output) ?? []).flatMap((reader) => reader.outputs);
      if (!shapes.has(output) && next.every((each) => flat.has(each))) flat.add(output);
    }
  }
  return flat;
}

/** What is computed from a tensor next, after any operators that only move its elements. */
function computedFrom(tensor: string, readers: ReadonlyMap<string, readonly Node[]>): readonly string[] {
  const next: string[] = [];
  // A malformed graph may lead back to where it came from.
  const moved = new Set([tensor]);
  for (const each of moved) {
    for (const { opType, outputs } of readers.get(each) ?? []) {
      if (movesOnly.has(opType)) moved.add(outputs[0]);
      else next.push(outputs[0]);
    }
  }
  return next;
}
