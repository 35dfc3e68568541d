import { float, floats, int, ints, tensor } from '../../attributes.js';
import type { Constant } from '../../constant.js';
import { times } from '../dimension.js';
import type { Fact, Operands } from '../fact.js';
import { nothing, type Operators } from '../operator.js';

/** Operators that make a tensor out of constants, or out of the shape of another one. */
export const source: Operators = {
  Constant: { infer: constant, couples: nothing },
  ConstantOfShape: { infer: constantOfShape, couples: () => 'all' },
  Shape: { infer: shapeOf, couples: nothing },
  Size: {
    infer({ facts: [x] }) {
      const size = x?.shape === undefined ? null : times(...x.shape);
      return [{ elementType: 'int64', shape: [], values: [size] }];
    },
    couples: nothing,
  },
  Range: { infer: range, couples: () => 'all' },
  EyeLike: {
    infer: ({ facts: [x] }) => [{ elementType: x?.elementType, shape: x?.shape }],
    couples: () => 'all',
  },
};

/** Larger tensors do not hold sizes. */
const largestValues = 256;

/** What is known about a stored tensor. */
export function factOfConstant(stored: Constant): Fact {
  const { elementType, shape } = stored;
  const numeric =
    stored.size <= largestValues && /^(u?int(8|16|32|64)|float(16|32|64)|bool)$/.test(elementType);
  return { elementType, shape, values: numeric ? stored.numbers() : undefined };
}

function constant({ node }: Operands): readonly Fact[] {
  const value = tensor(node, 'value');
  if (value !== undefined) return [factOfConstant(value)];
  const [i, f, is, fs] = [
    int(node, 'value_int'),
    float(node, 'value_float'),
    ints(node, 'value_ints'),
    floats(node, 'value_floats'),
  ];
  if (i !== undefined) return [{ elementType: 'int64', shape: [], values: [i] }];
  if (f !== undefined) return [{ elementType: 'float32', shape: [], values: [f] }];
  if (is !== undefined) return [{ elementType: 'int64', shape: [is.length], values: is }];
  if (fs !== undefined) return [{ elementType: 'float32', shape: [fs.length], values: fs }];
  return [];
}

function constantOfShape(operands: Operands): readonly Fact[] {
  const value = tensor(operands.node, 'value');
  const shape = operands.values(0);
  const count = shape === undefined ? null : times(...shape);
  const filled = typeof count === 'number' && count <= largestValues;
  return [
    {
      elementType: value?.elementType ?? 'float32',
      shape,
      values: filled ? Array<number>(count).fill(value?.numbers()[0] ?? 0) : undefined,
    },
  ];
}

function shapeOf({ node, facts: [x] }: Operands): readonly Fact[] {
  if (x?.shape === undefined) return [{ elementType: 'int64', shape: [null] }];
  const values = x.shape.slice(int(node, 'start', 0), int(node, 'end', x.shape.length));
  return [{ elementType: 'int64', shape: [values.length], values }];
}

function range(operands: Operands): readonly Fact[] {
  const elementType = operands.elementType(0);
  const [start, limit, delta] = [0, 1, 2].map((input) => operands.numbers(input)?.[0]);
  if (start === undefined || limit === undefined || delta === undefined)
    return [{ elementType, shape: [null] }];
  const count = Math.max(0, Math.ceil((limit - start) / delta));
  const values = Array.from({ length: count }, (_, i) => start + i * delta);
  return [{ elementType, shape: [count], values: count <= largestValues ? values : undefined }];
}
