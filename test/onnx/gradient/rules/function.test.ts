import { describe, it } from 'node:test';
import { RandomState } from '../../../../src/tensor/random.js';
import { checkOperator, numbers } from '../check-operator.js';

const random = new RandomState(2);

/** Range of the argument, and the places where there is no derivative. */
const functions: Record<string, { low?: number; high?: number; kinks?: readonly number[] }> = {
  Abs: { kinks: [0] },
  Neg: {},
  Reciprocal: { low: 0.5 },
  Sqrt: { low: 0.3 },
  Exp: { high: 1 },
  Log: { low: 0.5 },
  Erf: {},
  Sin: {},
  Cos: {},
  Tan: { low: -0.5, high: 0.5 },
  Asin: { low: -0.4, high: 0.4 },
  Acos: { low: -0.4, high: 0.4 },
  Atan: {},
  Sinh: {},
  Cosh: {},
  Asinh: {},
  Acosh: { low: 1.5, high: 3 },
  Atanh: { low: -0.4, high: 0.4 },
};

describe('rules of elementary functions', () => {
  for (const [opType, range] of Object.entries(functions)) {
    it(opType, () =>
      checkOperator({ opType, inputs: [numbers(random, [1, 3, 4], range)], seeds: true }, random),
    );
  }
});
