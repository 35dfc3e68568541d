/**
 * Pearson's correlation of two maps of one size, -1 to 1, in two passes over the values.
 *
 * @returns NaN where one of them is constant
 */
export function pearsonCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const { length } = a;
  if (b.length !== length) throw new RangeError('The maps differ in size.');
  const meanA = mean(a);
  const meanB = mean(b);
  let products = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < length; i++) {
    const fromA = a[i] - meanA;
    const fromB = b[i] - meanB;
    products += fromA * fromB;
    squaresA += fromA * fromA;
    squaresB += fromB * fromB;
  }
  if (squaresA === 0 || squaresB === 0) return Number.NaN;
  return Math.min(1, Math.max(-1, products / Math.sqrt(squaresA) / Math.sqrt(squaresB)));
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
