import { risingOrder } from './rising-order.js';

/**
 * Benjamini and Hochberg's correction: of the comparisons with an adjusted value up to q, at most the share q is
 * expected to be false, if they are independent or positively dependent. The i-th smallest of m is multiplied by m / i,
 * kept rising. Benjamini and Hochberg, "Controlling the false discovery rate", J. Royal Statistical Society B 57 (1995).
 *
 * @param p NaN is a comparison that was not made: it stays NaN and does not count.
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const adjusted = p.map(() => Number.NaN);
  const order = risingOrder(p);
  let smallest = 1;
  for (let rank = order.length; rank >= 1; rank--) {
    const at = order[rank - 1];
    smallest = Math.min(smallest, p[at] * (order.length / rank));
    adjusted[at] = smallest;
  }
  return adjusted;
}
