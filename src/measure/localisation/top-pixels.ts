import { requireNumbers } from '../map/pixel-order.js';

/**
 * How many of the `count` pixels with the highest values lie in the mask. Where pixels of equal value straddle the
 * boundary, the number to expect if they were taken in random order, so it need not be whole.
 *
 * @param mask 1 inside, 0 outside, one value a pixel.
 * @throws Problem where the map holds NaN
 */
export function topPixelsInside(map: Float32Array, mask: ArrayLike<number>, count: number): number {
  requireSameSize(map, mask);
  if (!Number.isInteger(count) || count < 1 || count > map.length) {
    throw new RangeError(`A map of ${map.length} pixels has no highest ${count}.`);
  }
  requireNumbers(map);
  const bound = map.slice().sort()[map.length - count];
  let above = 0;
  let aboveInside = 0;
  let equal = 0;
  let equalInside = 0;
  for (let pixel = 0; pixel < map.length; pixel++) {
    const inside = mask[pixel] === 0 ? 0 : 1;
    if (map[pixel] > bound) {
      above++;
      aboveInside += inside;
    } else if (map[pixel] === bound) {
      equal++;
      equalInside += inside;
    }
  }
  return aboveInside + ((count - above) * equalInside) / equal;
}

/** The number of pixels in the mask. */
export function maskSize(mask: ArrayLike<number>): number {
  let size = 0;
  for (let pixel = 0; pixel < mask.length; pixel++) if (mask[pixel] !== 0) size++;
  return size;
}

export function requireSameSize(map: ArrayLike<number>, mask: ArrayLike<number>): void {
  if (map.length !== mask.length) throw new RangeError('The map and the mask differ in size.');
}
