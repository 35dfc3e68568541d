import { requireNumbers } from '../map/pixel-order.js';
import { rocArea } from '../verification/roc-area.js';
import { maskSize, requireSameSize } from './top-pixels.js';

/**
 * The area under the ROC curve of the map as a detector of the mask: the probability that a pixel inside has a higher
 * value than one outside, ties counting half. 0.5 is chance, whatever the size of the mask, and no threshold is chosen.
 *
 * @param mask 1 inside, 0 outside.
 * @returns NaN where the mask is empty or covers everything
 * @throws Problem where the map holds NaN
 */
export function localisationArea(map: Float32Array, mask: ArrayLike<number>): number {
  requireSameSize(map, mask);
  requireNumbers(map);
  const size = maskSize(mask);
  if (size === 0 || size === map.length) return Number.NaN;
  return rocArea({
    genuine: map.filter((_, pixel) => mask[pixel] !== 0),
    impostor: map.filter((_, pixel) => mask[pixel] === 0),
  });
}
