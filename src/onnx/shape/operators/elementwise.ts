import { int } from '../../attributes.js';
import { elementTypeOfCode } from '../../element-type.js';
import type { Dimension } from '../../graph.js';
import { over, plus, times } from '../dimension.js';
import { broadcast, type Fact, type Operands } from '../fact.js';
import { nothing, type Coupling, type Operator, type Operators } from '../operator.js';

/** One input decides shape and type; further inputs are parameters (slope, bounds). */
const unary: Operator = {
  infer: ({ facts: [x] }) => [{ elementType: x?.elementType, shape: x?.shape }],
  couples: (_, input) => (input === 0 ? [] : 'all'),
};

const variadic: Operator = { infer: (operands) => [broadcasted(operands)], couples: unaligned };

const predicate: Operator = {
  infer: (operands) => [{ elementType: 'bool', shape: broadcasted(operands).shape }],
  couples: unaligned,
};

/** Also computes with known sizes, as in the shape arithmetic that exporters write into graphs. */
function arithmetic(compute: (a: Dimension, b: Dimension, whole: boolean) => Dimension): Operator {
  return {
    infer(operands) {
      const fact = broadcasted(operands);
      const whole = fact.elementType?.startsWith('float') !== true;
      const [a, b] = [operands.values(0), operands.values(1)];
      if (a === undefined || b === undefined || (a.length !== b.length && a.length !== 1 && b.length !== 1)) {
        return [fact];
      }
      const values = Array.from({ length: Math.max(a.length, b.length) }, (_, i) =>
        compute(a[a.length === 1 ? 0 : i], b[b.length === 1 ? 0 : i], whole),
      );
      return [{ ...fact, values }];
    },
    couples: unaligned,
  };
}

const unaryNames = [
  ...[
    'Abs',
    'Acos',
    'Acosh',
    'Asin',
    'Asinh',
    'Atan',
    'Atanh',
    'Ceil',
    'Celu',
    'Clip',
    'Cos',
    'Cosh',
    'Elu',
    'Erf',
  ],
  ...[
    'Exp',
    'Floor',
    'Gelu',
    'HardSigmoid',
    'HardSwish',
    'LeakyRelu',
    'Log',
    'Mish',
    'Neg',
    'Not',
    'Reciprocal',
  ],
  ...[
    'Relu',
    'Round',
    'Selu',
    'Shrink',
    'Sigmoid',
    'Sign',
    'Sin',
    'Sinh',
    'Softplus',
    'Softsign',
    'Sqrt',
    'Swish',
  ],
  ...['Tan', 'Tanh', 'ThresholdedRelu', 'BitwiseNot'],
];
const variadicNames = [
  'BitShift',
  'Max',
  'Mean',
  'Min',
  'Mod',
  'Pow',
  'Sum',
  'BitwiseAnd',
  'BitwiseOr',
  'BitwiseXor',
];
const predicateNames = ['And', 'Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'Or', 'Xor'];

export const elementwise: Operators = {
  ...every(unaryNames, unary),
  ...every(variadicNames, variadic),
  ...every(predicateNames, predicate),
  Add: arithmetic((a, b) => plus(a, b)),
  Sub: arithmetic((a, b) => (typeof b === 'number' ? plus(a, -b) : a === b ? 0 : null)),
  Mul: arithmetic((a, b, whole) =>
    whole || typeof a !== 'number' || typeof b !== 'number' ? times(a, b) : a * b,
  ),
  Div: arithmetic((a, b, whole) => {
    if (typeof a !== 'number' || typeof b !== 'number') return over(a, b);
    return whole ? Math.trunc(a / b) : a / b;
  }),
  PRelu: {
    infer: ({ facts: [x] }) => [{ elementType: x?.elementType, shape: x?.shape }],
    couples: unaligned,
  },
  Where: {
    infer: ({ facts: [condition, x, y] }) => [
      { elementType: x?.elementType, shape: broadcast(condition?.shape, x?.shape, y?.shape) },
    ],
    couples: unaligned,
  },
  IsNaN: { infer: ({ facts: [x] }) => [{ elementType: 'bool', shape: x?.shape }], couples: nothing },
  IsInf: { infer: ({ facts: [x] }) => [{ elementType: 'bool', shape: x?.shape }], couples: nothing },
  Identity: { infer: ({ facts: [x] }) => [x ?? {}], couples: nothing },
  /** In inference nothing is dropped. */
  Dropout: {
    infer: ({ facts: [x] }) => [{ ...x }, { elementType: 'bool', shape: x?.shape }],
    couples: (_, input) => (input === 0 ? [] : 'all'),
  },
  Cast: {
    infer({ node, facts: [x] }) {
      const elementType = elementTypeOfCode(int(node, 'to', 0));
      const whole = elementType?.startsWith('float') !== true;
      const values = x?.values?.map((value) =>
        typeof value === 'number' && whole ? Math.trunc(value) : value,
      );
      return [{ elementType, shape: x?.shape, values }];
    },
    couples: nothing,
  },
  CastLike: {
    infer: ({ facts: [x, like] }) => [{ elementType: like?.elementType, shape: x?.shape, values: x?.values }],
    couples: (_, input) => (input === 0 ? [] : 'all'),
  },
};

function every(names: readonly string[], operator: Operator): Operators {
  return Object.fromEntries(names.map((name) => [name, operator]));
}

/** Where another operand has a different length (other than 1), the places do not belong together. */
function unaligned({ facts }: Operands, input: number): Coupling {
  const shape = facts[input]?.shape;
  if (shape === undefined) return 'all';
  return shape.flatMap((length, axis) => {
    const fromEnd = axis - shape.length;
    const others = facts.map((fact) => fact?.shape?.at(fromEnd) ?? 1);
    return others.every((other) => other === 1 || other === length) ? [] : [axis];
  });
}

function broadcasted({ facts }: Operands): Fact {
  return { elementType: facts[0]?.elementType, shape: broadcast(...facts.map((fact) => fact?.shape)) };
}
