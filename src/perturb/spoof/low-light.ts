import { imageFromLight, lightPlanes } from '../../image/linear-light.js';
import type { SpoofClue } from './spoof-clue.js';

export type LowLightParameters = Readonly<{ exposure: number; gain: number; photons: number; read: number }>;

/**
 * A photograph in little light: each sample counts `photons` electrons at white, of which the exposure lets a share in.
 * Their number has the noise of counting (a normal distribution of variance n) and that of reading it out; a gain, by
 * powers of the exposure, makes the picture brighter again, with its noise:
 *
 *     n = exposure photons light + sqrt(exposure photons light) z1 + read z2,   out = n exposure^-gain / photons
 */
export const lowLight: SpoofClue<LowLightParameters> = {
  summary: 'little light: a dark picture with the noise of counting photons',
  needsMask: false,
  seeded: true,
  compat: false,
  parameters: {
    exposure: { summary: 'share of the light', minimum: 0.001, maximum: 1 },
    gain: {
      summary: 'how much of the loss the camera makes up: 0 nothing, 1 everything',
      minimum: 0,
      maximum: 1,
    },
    photons: { summary: 'electrons of a white pixel', minimum: 10, maximum: 1e6 },
    read: { summary: 'standard deviation of reading out, in electrons', minimum: 0, maximum: 1000 },
  },
  severities: [
    { exposure: 0.6, gain: 0.5, photons: 2000, read: 3 },
    { exposure: 0.4, gain: 0.5, photons: 1200, read: 4 },
    { exposure: 0.25, gain: 0.5, photons: 800, read: 5 },
    { exposure: 0.14, gain: 0.5, photons: 600, read: 6 },
    { exposure: 0.07, gain: 0.5, photons: 500, read: 7 },
  ],
  apply(image, { exposure, gain, photons, read }, { random }) {
    const planes = lightPlanes(image);
    const amplified = Math.pow(exposure, -gain) / photons;
    for (const plane of planes) {
      for (let at = 0; at < plane.length; at++) {
        const electrons = exposure * photons * plane[at];
        plane[at] = amplified * (electrons + Math.sqrt(electrons) * random.normal() + read * random.normal());
      }
    }
    return imageFromLight(planes, image.width, image.height);
  },
};
