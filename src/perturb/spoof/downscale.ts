import { resize } from '../../image/resize.js';
import type { SpoofClue } from './spoof-clue.js';

/** Fewer pixels: the image reduced by the mean over areas and enlarged again, bilinearly. */
export const downscale: SpoofClue<Readonly<{ scale: number }>> = {
  summary: 'few pixels: reduced to a share of its size and enlarged again',
  needsMask: false,
  seeded: false,
  compat: false,
  parameters: {
    scale: {
      summary: 'share of the width and height that is kept',
      minimum: 0.01,
      maximum: 1,
    },
  },
  severities: [{ scale: 0.7 }, { scale: 0.5 }, { scale: 0.35 }, { scale: 0.22 }, { scale: 0.14 }],
  apply(image, { scale }, { cv }) {
    const { width, height } = image;
    const small = (length: number) => Math.max(1, Math.round(length * scale));
    const reduced = resize(cv, image, small(width), small(height), 'area');
    return resize(cv, reduced, width, height, 'linear');
  },
};
