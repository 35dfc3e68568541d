import type { AffineMatrix } from '../image/geometry.js';

/** The matrix that undoes `matrix`. @throws RangeError where it has no inverse. */
export function invertAffine([a, b, c, d, e, f]: AffineMatrix): AffineMatrix {
  const determinant = a * e - b * d;
  if (determinant === 0) throw new RangeError('The affine matrix has no inverse.');
  const [ia, ib, id, ie] = [e / determinant, -b / determinant, -d / determinant, a / determinant];
  return [ia, ib, -(ia * c + ib * f), id, ie, -(id * c + ie * f)];
}
