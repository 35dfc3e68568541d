/**
 * The largest rate over the geometric mean of all, as NIST reports FMR over demographic groups: unlike the largest over
 * the smallest, it does not hang on the one group with the fewest errors (Grother, NIST IR 8429, 2022).
 *
 * @param rates one a group.
 * @returns at least 1; NaN where a rate is 0
 */
export function maxToGeometricMean(rates: readonly number[]): number {
  if (rates.includes(0)) return Number.NaN;
  const logarithms = rates.reduce((sum, rate) => sum + Math.log(rate), 0);
  return Math.max(...rates) / Math.exp(logarithms / rates.length);
}
