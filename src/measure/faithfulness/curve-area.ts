/**
 * The mean height of a curve: the trapezoids between neighbouring points over the width of the curve, so a constant
 * curve has its own value, whatever the shares.
 *
 * @param positions rising, such as the shares of replaced pixels; by default equally spaced.
 */
export function curveArea(values: ArrayLike<number>, positions?: ArrayLike<number>): number {
  const last = values.length - 1;
  if (last < 1) throw new RangeError('A curve has at least two points.');
  let area = 0;
  for (let point = 1; point <= last; point++) {
    const width = positions === undefined ? 1 : positions[point] - positions[point - 1];
    if (!(width > 0)) throw new RangeError('The positions of a curve rise.');
    area += (width * (values[point] + values[point - 1])) / 2;
  }
  return area / (positions === undefined ? last : positions[last] - positions[0]);
}
