import { int, ints } from '../../attributes.js';
import type { Dimension } from '../../graph.js';
import { over, times } from '../dimension.js';
import { broadcast, fromFront, type Fact, type Operands } from '../fact.js';
import { nothing, type Coupling, type Operators } from '../operator.js';

/** Operators that only move elements, or repeat them. */
export const layout: Operators = {
  Reshape: { infer: reshape, couples: nothing },
  Flatten: { infer: flatten, couples: nothing },
  Transpose: { infer: transpose, couples: nothing },
  Squeeze: { infer: squeeze, couples: nothing },
  Unsqueeze: { infer: unsqueeze, couples: nothing },
  Expand: {
    infer: (operands) => [
      { elementType: operands.elementType(0), shape: broadcast(operands.shape(0), operands.values(1)) },
    ],
    couples: nothing,
  },
  Tile: { infer: tile, couples: tileCouples },
  DepthToSpace: { infer: depthToSpace, couples: () => [1, 2, 3] },
  SpaceToDepth: { infer: spaceToDepth, couples: () => [1, 2, 3] },
};

function reshape(operands: Operands): readonly Fact[] {
  const { elementType, shape, values } = operands.facts[0] ?? {};
  const target = ints(operands.node, 'shape') ?? operands.values(1);
  if (target === undefined) {
    const [rank] = operands.shape(1) ?? [];
    return [{ elementType, shape: typeof rank === 'number' ? Array<null>(rank).fill(null) : undefined }];
  }
  return [{ elementType, shape: reshaped(shape, target, int(operands.node, 'allowzero', 0) === 1), values }];
}

/** The shape that a Reshape target stands for: 0 copies the input's axis, -1 is what remains. */
export function reshaped(
  shape: readonly Dimension[] | undefined,
  target: readonly Dimension[],
  allowZero: boolean,
): readonly Dimension[] {
  const copied = target.map((length, axis) =>
    length === 0 && !allowZero ? (shape?.[axis] ?? null) : length,
  );
  const rest = copied.indexOf(-1);
  if (rest < 0) return copied;
  const total = shape === undefined ? null : times(...shape);
  const others = times(...copied.filter((_, axis) => axis !== rest));
  return copied.with(rest, over(total, others));
}

function flatten({ node, facts: [x] }: Operands): readonly Fact[] {
  if (x?.shape === undefined) return [{ elementType: x?.elementType }];
  const axis = fromFront(int(node, 'axis', 1), x.shape.length);
  const shape = [times(...x.shape.slice(0, axis)), times(...x.shape.slice(axis))];
  return [{ elementType: x.elementType, shape }];
}

function transpose({ node, facts: [x] }: Operands): readonly Fact[] {
  if (x?.shape === undefined) return [{ elementType: x?.elementType }];
  const { shape } = x;
  const order = ints(node, 'perm') ?? shape.map((_, axis) => shape.length - 1 - axis);
  return [{ elementType: x.elementType, shape: order.map((axis) => shape[axis]) }];
}

function squeeze(operands: Operands): readonly Fact[] {
  const { elementType, shape, values } = operands.facts[0] ?? {};
  if (shape === undefined) return [{ elementType, values }];
  const axes = operands.axes('axes', 1, shape.length);
  if (axes === undefined && operands.has(1)) return [{ elementType, values }];
  const kept = shape.filter((length, axis) => (axes === undefined ? length !== 1 : !axes.includes(axis)));
  return [{ elementType, shape: kept, values }];
}

function unsqueeze(operands: Operands): readonly Fact[] {
  const { elementType, shape, values } = operands.facts[0] ?? {};
  const given = operands.list('axes', 1);
  if (shape === undefined || given === undefined) return [{ elementType, values }];
  const rank = shape.length + given.length;
  const axes = given.map((axis) => fromFront(axis, rank));
  const rest = [...shape];
  const unsqueezed = Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : rest.shift()!));
  return [{ elementType, shape: unsqueezed, values }];
}

function tile(operands: Operands): readonly Fact[] {
  const [shape, repeats] = [operands.shape(0), operands.values(1)];
  const elementType = operands.elementType(0);
  if (shape === undefined || repeats === undefined) return [{ elementType, shape: shape?.map(() => null) }];
  return [{ elementType, shape: shape.map((length, axis) => times(length, repeats[axis])) }];
}

/** A repeated axis counts as coupled: what follows is no longer one part a place. */
function tileCouples(operands: Operands, input: number): Coupling {
  const repeats = operands.values(1);
  if (input > 0 || repeats === undefined) return 'all';
  return repeats.flatMap((count, axis) => (count === 1 ? [] : [axis]));
}

function depthToSpace({ node, facts: [x] }: Operands): readonly Fact[] {
  const block = int(node, 'blocksize', 1);
  if (x?.shape === undefined) return [{ elementType: x?.elementType }];
  const [n, c, h, w] = x.shape;
  return [
    { elementType: x.elementType, shape: [n, over(c, block * block), times(h, block), times(w, block)] },
  ];
}

function spaceToDepth({ node, facts: [x] }: Operands): readonly Fact[] {
  const block = int(node, 'blocksize', 1);
  if (x?.shape === undefined) return [{ elementType: x?.elementType }];
  const [n, c, h, w] = x.shape;
  return [
    { elementType: x.elementType, shape: [n, times(c, block * block), over(h, block), over(w, block)] },
  ];
}
