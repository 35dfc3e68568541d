import { ints } from '../../attributes.js';
import type { Fact, Operands } from '../fact.js';
import type { Coupling, Operator, Operators } from '../operator.js';
import { windowedLength } from './windows.js';

const windowed: Operator = { infer: pool, couples };
const global: Operator = { infer: globalPool, couples };

export const pooling: Operators = {
  MaxPool: { infer: (operands) => [...pool(operands), indices(operands)], couples },
  AveragePool: windowed,
  LpPool: windowed,
  GlobalAveragePool: global,
  GlobalMaxPool: global,
  GlobalLpPool: global,
};

function couples({ facts }: Operands): Coupling {
  const rank = facts[0]?.shape?.length ?? 0;
  return Array.from({ length: Math.max(0, rank - 2) }, (_, i) => i + 2);
}

function pool(operands: Operands): readonly Fact[] {
  const x = operands.shape(0);
  const kernel = ints(operands.node, 'kernel_shape', []);
  const elementType = operands.elementType(0);
  if (x === undefined) return [{ elementType }];
  const spatial = x
    .slice(2)
    .map((length, i) => windowedLength(operands.node, length, kernel[i], i, x.length - 2));
  return [{ elementType, shape: [...x.slice(0, 2), ...spatial] }];
}

/** The optional second output of MaxPool. */
function indices(operands: Operands): Fact {
  return { elementType: 'int64', shape: pool(operands)[0].shape };
}

function globalPool(operands: Operands): readonly Fact[] {
  const x = operands.shape(0);
  return [{ elementType: operands.elementType(0), shape: x?.map((length, axis) => (axis < 2 ? length : 1)) }];
}
