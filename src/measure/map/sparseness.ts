/**
 * Sparseness: the Gini index of |map| (Chalasani et al., "Concise explanations of neural networks using adversarial
 * training", ICML 2020). 0 where all pixels matter alike, near 1 where a few hold everything.
 *
 * @returns NaN where the map is zero everywhere
 */
export function sparseness(map: ArrayLike<number>): number {
  const sorted = Float64Array.from(map, Math.abs).sort();
  const { length } = sorted;
  let sum = 0;
  let weighted = 0;
  sorted.forEach((value, rank) => {
    sum += value;
    weighted += value * (length - rank - 0.5);
  });
  return sum === 0 ? Number.NaN : 1 - (2 * weighted) / (length * sum);
}
