import { risingOrder } from './rising-order.js';

/**
 * Holm's correction: p-values adjusted so that whoever calls those up to alpha significant errs anywhere among all
 * comparisons with a probability of at most alpha, whatever their dependence. The i-th smallest of m is multiplied by
 * m - i + 1, kept rising and at most 1. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian
 * Journal of Statistics 6 (1979).
 *
 * @param p NaN is a comparison that was not made: it stays NaN and does not count.
 */
export function holm(p: readonly number[]): number[] {
  const adjusted = p.map(() => Number.NaN);
  const order = risingOrder(p);
  let largest = 0;
  order.forEach((at, rank) => {
    largest = Math.max(largest, Math.min(1, (order.length - rank) * p[at]));
    adjusted[at] = largest;
  });
  return adjusted;
}
