import { topPixelsInside } from './top-pixels.js';

/**
 * The pointing game (Zhang et al., "Top-down neural attention by excitation backprop", ECCV 2016): 1 where the highest
 * value of the map lies in the mask, 0 where it does not. Where several pixels share the highest value, the part of
 * them that does: a constant map scores the share of the mask, not what lies in its first pixel.
 *
 * @param map evidence, one value a pixel; the higher, the more.
 * @param mask 1 inside, 0 outside.
 * @throws Problem where the map holds NaN
 */
export function pointingGame(map: Float32Array, mask: ArrayLike<number>): number {
  return topPixelsInside(map, mask, 1);
}
