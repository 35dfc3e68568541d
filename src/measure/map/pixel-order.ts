import { Problem } from '../../problem.js';
import { RandomState } from '../../tensor/random.js';

/** Which pixels come first: those with the lowest or the highest values of the map, or any. */
export type PixelRule = 'lowest' | 'highest' | 'random';

/**
 * All pixels of a map in the order in which an evaluation changes them: at a share, the first `pixelShare` of them.
 * More pixels at a larger share, never others. The rule `random` is the control that a map has to beat.
 *
 * Pixels of equal value come in random order, so a map cannot gain by where the ties lie: a constant map gives the
 * random control itself. A threshold on the values, as in the xSSAB code (`upstreamPixels`), takes fewer pixels
 * where values repeat, down to none.
 *
 * @param map one value a pixel, row by row.
 * @param seed as for `RandomState`; give every pair its own, such as `[3, 17]`, or the control is the same for all.
 *   Seed 3 with rule `random` is upstream's order.
 * @returns indices into the map
 * @throws Problem where the map holds NaN
 */
export function pixelOrder(
  map: Float32Array | Float64Array,
  rule: PixelRule,
  seed: number | readonly number[] = 3,
): Int32Array {
  const shuffled = new RandomState(seed).permutation(map.length);
  if (rule === 'random') return shuffled;
  requireNumbers(map);
  const sign = rule === 'lowest' ? 1 : -1;
  // Sorting is stable: equal values stay as shuffled.
  return shuffled.sort((a, b) => sign * (map[a] - map[b]));
}

/** @throws Problem where the map holds NaN */
export function requireNumbers(map: Float32Array | Float64Array): void {
  if (map.some(Number.isNaN)) {
    throw new Problem('map', 'holds NaN, so its pixels have no order', 'explain the pair again');
  }
}
