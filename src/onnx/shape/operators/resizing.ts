import { floats, ints } from '../../attributes.js';
import type { Dimension } from '../../graph.js';
import { times } from '../dimension.js';
import type { Fact, Operands } from '../fact.js';
import type { Coupling, Operators } from '../operator.js';

export const resizing: Operators = {
  Resize: { infer: resize, couples },
  Upsample: { infer: upsample, couples },
};

/** Every axis that changes its length; axes of factor 1 are passed through. */
function couples(operands: Operands, input: number): Coupling {
  const [x, y] = [
    operands.shape(0),
    (operands.node.opType === 'Resize' ? resize : upsample)(operands)[0].shape,
  ];
  if (input > 0 || x === undefined || y === undefined) return 'all';
  return x.flatMap((length, axis) => (length === y[axis] ? [] : [axis]));
}

function upsample(operands: Operands): readonly Fact[] {
  const scales = floats(operands.node, 'scales') ?? operands.numbers(1);
  return [{ elementType: operands.elementType(0), shape: scaled(operands.shape(0), scales) }];
}

function resize(operands: Operands): readonly Fact[] {
  const elementType = operands.elementType(0);
  const x = operands.shape(0);
  if (x === undefined) return [{ elementType }];
  const axes =
    ints(operands.node, 'axes')?.map((axis) => (axis < 0 ? axis + x.length : axis)) ?? x.map((_, i) => i);
  // Before opset 11 the second input was the scales.
  const sizes = operands.values(3);
  const scales = operands.numbers(operands.opset < 11 ? 1 : 2);
  if (sizes !== undefined && sizes.length > 0) {
    return [{ elementType, shape: x.map((length, axis) => place(axes, sizes, axis, length)) }];
  }
  if (scales === undefined || scales.length === 0) return [{ elementType, shape: x.map(() => null) }];
  return [
    {
      elementType,
      shape: scaled(
        x,
        x.map((_, axis) => place(axes, scales, axis, 1) as number),
      ),
    },
  ];
}

function place(
  axes: readonly number[],
  list: readonly Dimension[],
  axis: number,
  otherwise: Dimension,
): Dimension {
  const position = axes.indexOf(axis);
  return position < 0 ? otherwise : list[position];
}

function scaled(
  shape: readonly Dimension[] | undefined,
  scales: readonly number[] | undefined,
): readonly Dimension[] | undefined {
  return shape?.map((length, axis) => {
    const scale = scales?.[axis];
    if (scale === undefined) return null;
    // The runtime multiplies in float32.
    if (typeof length === 'number') return Math.floor(Math.fround(length * Math.fround(scale)));
    return Number.isInteger(scale) ? times(length, scale) : null;
  });
}
