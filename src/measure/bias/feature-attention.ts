import { Problem } from '../../problem.js';
import type { Box } from '../../image/geometry.js';
import { requireNumbers } from '../map/pixel-order.js';

/**
 * How much a map attends to a box: the mean, inside it, of the map scaled to [0, 1] by its own minimum and maximum
 * (BiasX experiments, `analyzer`). The box counts the pixels whose index lies in it; what is outside the map is cut off.
 *
 * @param map `height` x `width`, row by row.
 * @returns in [0, 1]; NaN where no pixel of the map lies in the box
 * @throws Problem where the map is constant, so that it has no scale, or holds NaN
 */
export function featureAttention(map: Float32Array, width: number, height: number, box: Box): number {
  if (map.length !== width * height) {
    throw new RangeError(`The map has ${map.length} values, not ${width} x ${height}.`);
  }
  requireNumbers(map);
  let low = Infinity;
  let high = -Infinity;
  for (const value of map) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(high > low)) {
    throw new Problem(
      'map',
      'is constant, so it attends to nothing more than to the rest',
      'leave the image out',
    );
  }
  let sum = 0;
  let pixels = 0;
  for (let y = Math.max(0, Math.ceil(box.y)); y < Math.min(height, box.y + box.height); y++) {
    for (let x = Math.max(0, Math.ceil(box.x)); x < Math.min(width, box.x + box.width); x++) {
      sum += (map[y * width + x] - low) / (high - low);
      pixels++;
    }
  }
  return sum / pixels;
}
