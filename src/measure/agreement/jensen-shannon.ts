import { Problem } from '../../problem.js';

/**
 * The Jensen-Shannon divergence (Lin, IEEE Transactions on Information Theory 1991) of two maps, each read as a
 * distribution of heat over the pixels (its values divided by their sum): with R = (P + Q) / 2 it is the mean of KL(P, R)
 * and KL(Q, R), in bits. 0 for maps that are equal up to scale, 1 for maps without a common pixel.
 *
 * @param a at least one value, none below 0; of the size of `b`
 * @returns NaN where one of them is 0 everywhere
 * @throws Problem where a map has a negative value or NaN
 */
export function jensenShannonDivergence(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError('The maps differ in size.');
  const sumA = heat(a);
  const sumB = heat(b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const p = a[i] / sumA;
    const q = b[i] / sumB;
    const middle = (p + q) / 2;
    if (p !== 0) sum += p * Math.log2(p / middle);
    if (q !== 0) sum += q * Math.log2(q / middle);
  }
  // Rounding must not take equal maps below 0, of which there is no root.
  return Math.max(0, sum / 2);
}

/**
 * The Jensen-Shannon distance: the root of the divergence, 0 to 1. It is a metric (Endres and Schindelin, IEEE
 * Transactions on Information Theory 2003), and maps can be drawn as points of a Euclidean space at these distances (Fuglede
 * and Topsøe, ISIT 2004), so Ward's linkage may be used on it. `scipy.spatial.distance.jensenshannon(a, b, base=2)`.
 *
 * @returns NaN where one of them is 0 everywhere
 * @throws Problem where a map has a negative value or NaN
 */
export function jensenShannonDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.sqrt(jensenShannonDivergence(a, b));
}

function heat(map: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < map.length; i++) {
    if (!(map[i] >= 0)) {
      throw new Problem(
        'map',
        `holds ${map[i]}, so it is no distribution of heat`,
        'compare the positive parts, or take a correlation',
      );
    }
    sum += map[i];
  }
  return sum;
}
