import { topPixelsInside } from './top-pixels.js';

/**
 * Top-k intersection (Theiner et al., "Interpretable semantic photo geolocation", WACV 2022): the share of the k
 * highest pixels that lie in the mask, 0 to 1. With k the size of the mask it is `relevanceRank`. Ties at rank k as in
 * `topPixelsInside`.
 *
 * @param mask 1 inside, 0 outside.
 * @throws Problem where the map holds NaN
 */
export function topKIntersection(map: Float32Array, mask: ArrayLike<number>, k: number): number {
  return topPixelsInside(map, mask, k) / k;
}
