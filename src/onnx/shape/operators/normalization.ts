import { int } from '../../attributes.js';
import { fromFront, type Operands } from '../fact.js';
import type { Coupling, Operator, Operators } from '../operator.js';

const infer: Operator['infer'] = ({ facts: [x] }) => [{ elementType: x?.elementType, shape: x?.shape }];

/** Normalises each row over the axes from `first` on; what comes after the first input are parameters. */
function from(first: (operands: Operands, rank: number) => number): Operator {
  return { infer, couples: (operands, input) => coupledFrom(operands, input, first) };
}

function coupledFrom(
  operands: Operands,
  input: number,
  first: (operands: Operands, rank: number) => number,
): Coupling {
  const rank = operands.rank(0);
  if (input > 0 || rank === undefined) return 'all';
  const start = fromFront(first(operands, rank), rank);
  return Array.from({ length: rank - start }, (_, i) => start + i);
}

/** Normalises along one axis. Before opset 13 the operator first made the input two-dimensional at that axis. */
function along(otherwise: (opset: number) => number, coercedBefore: number): Operator {
  return {
    infer,
    couples(operands, input) {
      const { node, opset } = operands;
      const axis = int(node, 'axis', otherwise(opset));
      if (opset < coercedBefore) return coupledFrom(operands, input, () => axis);
      const rank = operands.rank(0);
      return rank === undefined ? 'all' : [fromFront(axis, rank)];
    },
  };
}

const softmax = along((opset) => (opset < 13 ? 1 : -1), 13);

export const normalization: Operators = {
  BatchNormalization: { infer, couples: (_, input) => (input === 0 ? [] : 'all') },
  InstanceNormalization: from(() => 2),
  GroupNormalization: from(() => 1),
  LRN: { infer, couples: () => [1] },
  MeanVarianceNormalization: { infer, couples: () => [0, 2, 3] },
  LayerNormalization: from(({ node }) => int(node, 'axis', -1)),
  RMSNormalization: from(({ node }) => int(node, 'axis', -1)),
  LpNormalization: along(() => -1, 0),
  Softmax: softmax,
  LogSoftmax: softmax,
  Hardmax: softmax,
  CumSum: {
    infer,
    couples(operands) {
      const rank = operands.rank(0);
      const axis = operands.numbers(1)?.[0];
      return rank === undefined || axis === undefined ? 'all' : [fromFront(axis, rank)];
    },
  },
};
