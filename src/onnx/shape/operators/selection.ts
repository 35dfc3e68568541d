import { int, ints } from '../../attributes.js';
import type { Dimension } from '../../graph.js';
import { over, plus } from '../dimension.js';
import { fromFront, type Fact, type Operands } from '../fact.js';
import type { Coupling, Operators } from '../operator.js';

/** Operators that join tensors, pick from them or write into them. */
export const selection: Operators = {
  Concat: { infer: concat, couples: onAxis },
  Split: { infer: split, couples: onAxis },
  Slice: { infer: slice, couples: sliceCouples },
  Gather: { infer: gather, couples: (operands, input) => (input === 0 ? onAxis(operands) : []) },
  GatherElements: {
    infer: ({ facts: [x, indices] }) => [{ elementType: x?.elementType, shape: indices?.shape }],
    couples: onAxis,
  },
  GatherND: { infer: gatherNd, couples: () => 'all' },
  ScatterElements: { infer: asFirst, couples: onAxis },
  ScatterND: { infer: asFirst, couples: () => 'all' },
  Pad: { infer: pad, couples: padCouples },
  TopK: { infer: topK, couples: (operands) => lastOr(operands) },
  OneHot: { infer: oneHot, couples: (_, input) => (input === 0 ? [] : 'all') },
  NonZero: { infer: () => [{ elementType: 'int64' }], couples: () => 'all' },
  NonMaxSuppression: { infer: () => [{ elementType: 'int64', shape: [null, 3] }], couples: () => 'all' },
};

function asFirst({ facts: [x] }: Operands): readonly Fact[] {
  return [{ elementType: x?.elementType, shape: x?.shape }];
}

/** The axis that the attribute names. */
function onAxis(operands: Operands): Coupling {
  const rank = operands.rank(0);
  return rank === undefined ? 'all' : [fromFront(int(operands.node, 'axis', 0), rank)];
}

function lastOr(operands: Operands): Coupling {
  const rank = operands.rank(0);
  return rank === undefined ? 'all' : [fromFront(int(operands.node, 'axis', -1), rank)];
}

function concat({ node, facts }: Operands): readonly Fact[] {
  const elementType = facts.find((fact) => fact?.elementType !== undefined)?.elementType;
  const shapes = facts.map((fact) => fact?.shape).filter((shape) => shape !== undefined);
  const first = shapes.at(0);
  if (first === undefined || shapes.length < facts.length) return [{ elementType }];
  const joined = fromFront(int(node, 'axis', 1), first.length);
  const shape = first.map((length, axis): Dimension =>
    axis === joined
      ? plus(...shapes.map((each) => each[axis]))
      : // The operands agree on the other axes, so any that knows the length speaks for all.
        (shapes.map((each) => each[axis]).find((each) => typeof each === 'number') ?? length),
  );
  const values = facts.every((fact) => fact?.values !== undefined && fact.shape?.length === 1)
    ? facts.flatMap((fact) => fact!.values!)
    : undefined;
  return [{ elementType, shape, values }];
}

function split(operands: Operands): readonly Fact[] {
  const { node, facts } = operands;
  const [x] = facts;
  const elementType = x?.elementType;
  if (x?.shape === undefined) return node.outputs.map(() => ({ elementType }));
  const { shape } = x;
  const axis = fromFront(int(node, 'axis', 0), shape.length);
  const sizes =
    operands.list('split', 1) ?? (operands.has(1) ? undefined : equalParts(shape[axis], node.outputs.length));
  return node.outputs.map((_, i) => ({ elementType, shape: shape.with(axis, sizes?.[i] ?? null) }));
}

/** The last part is the smaller one where the length does not divide. */
function equalParts(length: Dimension, count: number): readonly Dimension[] {
  if (typeof length !== 'number') return Array<Dimension>(count).fill(over(length, count));
  const size = Math.ceil(length / count);
  return Array.from({ length: count }, (_, i) => (i < count - 1 ? size : length - size * (count - 1)));
}

interface Range {
  readonly axis: number;
  readonly start: Dimension;
  readonly end: Dimension;
  readonly step: number;
}

/** The ranges of a Slice, or `undefined` where they are not known. */
function sliceRanges(operands: Operands): readonly Range[] | undefined {
  const { node } = operands;
  const rank = operands.rank(0);
  const starts = ints(node, 'starts') ?? operands.values(1);
  const ends = ints(node, 'ends') ?? operands.values(2);
  if (rank === undefined || starts === undefined || ends === undefined) return undefined;
  const axes = operands.axes('axes', 3, rank) ?? (operands.has(3) ? undefined : starts.map((_, i) => i));
  const steps = operands.has(4) ? operands.numbers(4) : starts.map(() => 1);
  if (axes === undefined || steps === undefined) return undefined;
  return axes.map((axis, i) => ({ axis, start: starts[i], end: ends[i], step: steps[i] }));
}

function isWhole({ start, end, step, axis }: Range, shape: readonly Dimension[]): boolean {
  if (start !== 0 || step !== 1) return false;
  const length = shape[axis];
  return (
    end === length || (typeof end === 'number' && end >= (typeof length === 'number' ? length : 2 ** 31 - 1))
  );
}

function sliceCouples(operands: Operands, input: number): Coupling {
  const shape = operands.shape(0);
  const ranges = sliceRanges(operands);
  if (input > 0 || shape === undefined || ranges === undefined) return 'all';
  return ranges.filter((range) => !isWhole(range, shape)).map(({ axis }) => axis);
}

function slice(operands: Operands): readonly Fact[] {
  const { elementType, shape, values } = operands.facts[0] ?? {};
  const ranges = sliceRanges(operands);
  if (shape === undefined) return [{ elementType }];
  if (ranges === undefined) return [{ elementType, shape: shape.map(() => null) }];
  const sliced = [...shape];
  for (const range of ranges) {
    if (!isWhole(range, shape)) sliced[range.axis] = sliceLength(range, shape[range.axis]);
  }
  if (values === undefined || shape.length !== 1 || typeof shape[0] !== 'number' || ranges.length !== 1) {
    return [{ elementType, shape: sliced }];
  }
  const [{ start, step }] = ranges;
  const [count] = sliced;
  if (typeof start !== 'number' || typeof count !== 'number') return [{ elementType, shape: sliced }];
  const first = clampStart(start, shape[0], step);
  return [
    { elementType, shape: sliced, values: Array.from({ length: count }, (_, i) => values[first + i * step]) },
  ];
}

function clampStart(start: number, length: number, step: number): number {
  return Math.min(Math.max(fromFront(start, length), 0), step > 0 ? length : length - 1);
}

function sliceLength({ start, end, step }: Range, length: Dimension): Dimension {
  if (typeof start !== 'number' || typeof end !== 'number') return null;
  if (typeof length !== 'number')
    return start >= 0 && end > start && end < 2 ** 31 - 1 && step > 0 ? null : null;
  const from = clampStart(start, length, step);
  const to =
    step > 0
      ? Math.min(Math.max(fromFront(end, length), 0), length)
      : Math.min(Math.max(end < 0 ? end + length : end, -1), length - 1);
  return Math.max(0, Math.ceil((to - from) / step));
}

function gather({ node, facts: [x, indices] }: Operands): readonly Fact[] {
  const elementType = x?.elementType;
  if (x?.shape === undefined || indices?.shape === undefined) return [{ elementType }];
  const axis = fromFront(int(node, 'axis', 0), x.shape.length);
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  if (x.values === undefined || x.shape.length !== 1) return [{ elementType, shape }];
  const { values } = x;
  const picked = indices.values?.map((index) =>
    typeof index === 'number' ? (values[fromFront(index, values.length)] ?? null) : null,
  );
  return [{ elementType, shape, values: picked }];
}

function gatherNd({ node, facts: [x, indices] }: Operands): readonly Fact[] {
  const depth = indices?.shape?.at(-1);
  if (x?.shape === undefined || indices?.shape === undefined || typeof depth !== 'number') {
    return [{ elementType: x?.elementType }];
  }
  const kept = x.shape.slice(int(node, 'batch_dims', 0) + depth);
  return [{ elementType: x.elementType, shape: [...indices.shape.slice(0, -1), ...kept] }];
}

/** Pads before and after each axis, or `undefined` where they are not known. */
function padsOf(operands: Operands): { before: Dimension[]; after: Dimension[] } | undefined {
  const rank = operands.rank(0);
  const pads = ints(operands.node, 'pads') ?? operands.values(1);
  if (rank === undefined || pads === undefined) return undefined;
  const axes = operands.has(3) ? operands.axes('axes', 3, rank) : Array.from({ length: rank }, (_, i) => i);
  if (axes === undefined) return undefined;
  const before = Array<Dimension>(rank).fill(0);
  const after = Array<Dimension>(rank).fill(0);
  axes.forEach((axis, i) => {
    before[axis] = pads[i];
    after[axis] = pads[i + axes.length];
  });
  return { before, after };
}

function pad(operands: Operands): readonly Fact[] {
  const elementType = operands.elementType(0);
  const pads = padsOf(operands);
  const shape = operands.shape(0);
  if (shape === undefined) return [{ elementType }];
  return [
    {
      elementType,
      shape: shape.map((length, i) => (pads ? plus(length, pads.before[i], pads.after[i]) : null)),
    },
  ];
}

function padCouples(operands: Operands, input: number): Coupling {
  const pads = padsOf(operands);
  if (input > 0 || pads === undefined) return 'all';
  return pads.before.flatMap((before, axis) => (before === 0 && pads.after[axis] === 0 ? [] : [axis]));
}

function topK(operands: Operands): readonly Fact[] {
  const x = operands.shape(0);
  const k = int(operands.node, 'k') ?? operands.values(1)?.[0] ?? null;
  const shape = x?.with(fromFront(int(operands.node, 'axis', -1), x.length), k);
  return [
    { elementType: operands.elementType(0), shape },
    { elementType: 'int64', shape },
  ];
}

function oneHot(operands: Operands): readonly Fact[] {
  const indices = operands.shape(0);
  const elementType = operands.elementType(2);
  if (indices === undefined) return [{ elementType }];
  const axis = fromFront(int(operands.node, 'axis', -1), indices.length + 1);
  return [{ elementType, shape: indices.toSpliced(axis, 0, operands.values(1)?.[0] ?? null) }];
}
