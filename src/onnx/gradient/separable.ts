import { attribute } from '../attributes.js';
import { elementTypeCode } from '../element-type.js';
import type { Context } from './context.js';

/**
 * The adjoint, on one axis, of an operator that is linear in `x` and works on each axis by itself. Its matrix is read
 * by applying the operator to the identity, so every mode of the operator is right by construction.
 * @param g gradient of the operator's result
 * @param apply the operator on the last axis of a matrix [D, D], giving [D, O]
 */
export function adjointAlong(
  g: string,
  x: string,
  axis: number,
  apply: (identity: string) => string,
  context: Context,
): string {
  const { rank, matmul, transpose, sizes } = context;
  const length = sizes(x, [axis]);
  const square = context.op('Expand', [context.number(0, g), context.concat([length, length], 0)]);
  const matrix = apply(
    context.op('EyeLike', [square], { dtype: attribute.int(elementTypeCode(context.elementType(g))) }),
  );
  const last = rank(x) - 1;
  if (axis === last) return matmul(g, transpose(matrix, [1, 0]));
  if (axis === last - 1) return matmul(matrix, g);
  const swap = Array.from({ length: rank(x) }, (_, i) => (i === axis ? last : i === last ? axis : i));
  return transpose(matmul(transpose(g, swap), transpose(matrix, [1, 0])), swap);
}
