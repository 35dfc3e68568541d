import { requireNumbers } from '../map/pixel-order.js';
import { requireSameSize } from './top-pixels.js';

/**
 * The F1 score (Dice coefficient) of the mask and the pixels whose value is at or above a threshold, 0 to 1: the harmonic
 * mean of precision and recall, 2 |A and M| / (|A| + |M|). It ranks maps as `intersectionOverUnion` does: F1 = 2 IoU / (1 + IoU).
 *
 * @param mask 1 inside, 0 outside.
 * @param threshold in the unit of the map; it is not scaled for you.
 * @returns NaN where the mask is empty and no pixel reaches the threshold
 * @throws Problem where the map holds NaN
 */
export function f1Score(map: Float32Array, mask: ArrayLike<number>, threshold: number): number {
  requireSameSize(map, mask);
  requireNumbers(map);
  let both = 0;
  let sizes = 0;
  for (let pixel = 0; pixel < map.length; pixel++) {
    const high = map[pixel] >= threshold;
    const inside = mask[pixel] !== 0;
    if (high && inside) both++;
    sizes += Number(high) + Number(inside);
  }
  return (2 * both) / sizes;
}
