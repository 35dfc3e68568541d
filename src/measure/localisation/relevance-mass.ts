import { requireNumbers } from '../map/pixel-order.js';
import { requireSameSize } from './top-pixels.js';

/**
 * Relevance mass accuracy (Arras et al., "CLEVR-XAI", Information Fusion 2022): the share of the positive values
 * of the map that lies in the mask, 0 to 1. Negative values do not count. Chance is the share of the mask.
 *
 * @param mask 1 inside, 0 outside.
 * @returns NaN where the map has no positive value
 * @throws Problem where the map holds NaN
 */
export function relevanceMass(map: Float32Array, mask: ArrayLike<number>): number {
  requireSameSize(map, mask);
  requireNumbers(map);
  let inside = 0;
  let all = 0;
  for (let pixel = 0; pixel < map.length; pixel++) {
    const value = Math.max(0, map[pixel]);
    all += value;
    if (mask[pixel] !== 0) inside += value;
  }
  return inside / all;
}
