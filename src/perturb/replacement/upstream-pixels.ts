import { Problem } from '../../problem.js';
import { RandomState } from '../../tensor/random.js';
import { type PixelRule, requireNumbers } from '../../measure/map/pixel-order.js';

/** The shares of the xSSAB evaluation, 5 to 95 %, with the rounding of `numpy.arange(0.05, 1, 0.05)`. */
export const upstreamShares: readonly number[] = Array.from({ length: 19 }, (_, step) => 0.05 + step * 0.05);

/**
 * The pixels that the xSSAB code replaces at a share, for `--compat upstream`: those strictly below the value at rank
 * `int(n * share)`, strictly above the value at rank `int(n * (1 - share))`, or the first `int(share * n)` of the
 * same random order for every pair. Where values repeat at the bound, fewer are replaced than the share says.
 *
 * @param map one value a pixel, row by row.
 * @param share in (0, 1), one of `upstreamShares` for its numbers.
 * @returns indices into the map; rising for `lowest` and `highest`, in random order for `random`
 * @throws Problem where the map holds NaN
 */
export function upstreamPixels(map: Float32Array | Float64Array, rule: PixelRule, share: number): Int32Array {
  if (!(share > 0 && share < 1)) throw new RangeError(`A share lies in (0, 1); ${share} does not.`);
  const { length } = map;
  if (length === 0) throw new Problem('map', 'is empty');
  if (rule === 'random') return new RandomState(3).permutation(length).slice(0, Math.trunc(share * length));
  requireNumbers(map);
  const rank = Math.trunc(length * (rule === 'lowest' ? share : 1 - share));
  const bound = map.slice().sort()[rank];
  const pixels: number[] = [];
  map.forEach((value, pixel) => {
    if (rule === 'lowest' ? value < bound : value > bound) pixels.push(pixel);
  });
  return Int32Array.from(pixels);
}
