import { maskSize, topPixelsInside } from './top-pixels.js';

/**
 * Relevance rank accuracy (Arras et al., "CLEVR-XAI", Information Fusion 2022): with K the number of pixels in the
 * mask, the share of the K highest pixels that lie in it, 0 to 1. Chance is the share of the mask. Ties at rank K as in
 * `topPixelsInside`.
 *
 * @param mask 1 inside, 0 outside.
 * @returns NaN where the mask is empty
 * @throws Problem where the map holds NaN
 */
export function relevanceRank(map: Float32Array, mask: ArrayLike<number>): number {
  const size = maskSize(mask);
  return size === 0 ? Number.NaN : topPixelsInside(map, mask, size) / size;
}
