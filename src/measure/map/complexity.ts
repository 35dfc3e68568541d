/**
 * Complexity: the entropy, in nats, of |map| as shares of its sum (Bhatt et al., IJCAI 2020). 0 where one pixel holds
 * everything, ln(pixels) where all matter alike.
 *
 * @returns NaN where the map is zero everywhere
 */
export function complexity(map: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < map.length; i++) sum += Math.abs(map[i]);
  if (sum === 0) return Number.NaN;
  let entropy = 0;
  for (let i = 0; i < map.length; i++) {
    const share = Math.abs(map[i]) / sum;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return entropy;
}
