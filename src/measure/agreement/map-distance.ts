/**
 * The distance of two maps in the TFG-LIME study: both are scaled to [0, 1], and with R their mean it is the mean over
 * the pixels of kl(P, R) + kl(Q, R), where kl(x, y) = x ln(x / y) - x + y. It is symmetric and 0 for maps that are
 * equal up to scale and offset. It resembles the Jensen-Shannon divergence, but the maps do not sum to 1, so it is none:
 * a map with many bright pixels is further from all others.
 *
 * @param a at least one value; of the size of `b`.
 * @returns NaN where one of them is constant
 */
export function mapDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError('The maps differ in size.');
  const p = scaledToOne(a);
  const q = scaledToOne(b);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const middle = (p[i] + q[i]) / 2;
    sum += divergence(p[i], middle) + divergence(q[i], middle);
  }
  return sum / p.length;
}

function divergence(x: number, y: number): number {
  return x === 0 ? y : x * Math.log(x / y) - x + y;
}

function scaledToOne(map: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(map);
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return values.map((value) => (value - low) / (high - low));
}
