import { gaussianBlur } from '../../image/gaussian-blur.js';
import type { SpoofClue } from './spoof-clue.js';

/** A Gaussian blur: a second photograph out of focus, or a print held too near. */
export const blur: SpoofClue<Readonly<{ sigma: number }>> = {
  summary: 'out of focus: a Gaussian blur',
  needsMask: false,
  seeded: false,
  compat: false,
  parameters: {
    sigma: { summary: 'standard deviation in pixels', minimum: 0.01, maximum: 100 },
  },
  severities: [{ sigma: 0.7 }, { sigma: 1.2 }, { sigma: 2 }, { sigma: 3 }, { sigma: 4.5 }],
  apply: (image, { sigma }, { cv, unit }) => gaussianBlur(cv, image, sigma * unit),
};
