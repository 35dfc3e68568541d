import { int } from '../../attributes.js';
import { times } from '../dimension.js';
import { fromFront, type Fact, type Operands } from '../fact.js';
import type { Operator, Operators } from '../operator.js';

const reduce: Operator = { infer: reduced, couples: reducedAxes };
const arg: Operator = {
  infer: (operands) => [{ elementType: 'int64', shape: reduced(operands, argAxes)[0].shape }],
  couples: (operands) => argAxes(operands),
};

export const reduction: Operators = {
  ReduceMean: reduce,
  ReduceSum: reduce,
  ReduceMax: reduce,
  ReduceMin: reduce,
  ReduceL1: reduce,
  ReduceL2: reduce,
  ReduceLogSum: reduce,
  ReduceLogSumExp: reduce,
  ReduceSumSquare: reduce,
  ReduceProd: {
    infer(operands) {
      const [fact] = reduced(operands);
      const values = operands.values(0);
      return [
        values === undefined || fact.shape?.some((n) => n !== 1)
          ? fact
          : { ...fact, values: [times(...values)] },
      ];
    },
    couples: reducedAxes,
  },
  ArgMax: arg,
  ArgMin: arg,
};

function argAxes({ node, facts }: Operands): readonly number[] | 'all' {
  const rank = facts[0]?.shape?.length;
  return rank === undefined ? 'all' : [fromFront(int(node, 'axis', 0), rank)];
}

function reducedAxes(operands: Operands): readonly number[] | 'all' {
  const rank = operands.rank(0);
  if (rank === undefined) return 'all';
  const axes = operands.axes('axes', 1, rank);
  if (axes !== undefined && axes.length > 0) return axes;
  if (axes === undefined && operands.has(1)) return 'all';
  if (int(operands.node, 'noop_with_empty_axes', 0) === 1) return [];
  return Array.from({ length: rank }, (_, i) => i);
}

function reduced(operands: Operands, axesOf: typeof reducedAxes = reducedAxes): readonly Fact[] {
  const elementType = operands.elementType(0);
  const x = operands.shape(0);
  const axes = axesOf(operands);
  if (x === undefined || axes === 'all') return [{ elementType }];
  const shape =
    int(operands.node, 'keepdims', 1) === 1
      ? x.map((length, axis) => (axes.includes(axis) ? 1 : length))
      : x.filter((_, axis) => !axes.includes(axis));
  return [{ elementType, shape }];
}
