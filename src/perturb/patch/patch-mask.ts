import type { Box } from '../../image/geometry.js';

/**
 * Where the patches are: 1 inside, 0 outside; `width * height` values in rows from the top. It is the ground truth
 * for the localisation measures: an explanation of the change should point there.
 */
export function patchMask(patches: readonly Box[], width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (const patch of patches) {
    for (let row = patch.y; row < patch.y + patch.height; row++) {
      mask.fill(1, row * width + patch.x, row * width + patch.x + patch.width);
    }
  }
  return mask;
}
