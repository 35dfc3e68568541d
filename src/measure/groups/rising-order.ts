/** The places of the numbers, the smallest first; those that are NaN are left out. */
export function risingOrder(p: readonly number[]): number[] {
  return [...p.keys()].filter((at) => !Number.isNaN(p[at])).sort((a, b) => p[a] - p[b]);
}
