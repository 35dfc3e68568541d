import type { RasterImage } from '../../image/raster-image.js';
import type { SpoofClue } from './spoof-clue.js';

export type MoireParameters = Readonly<{ degree: number; weight: number }>;

/**
 * The moire clue of He et al. (CVPRW 2024, "simulated physical spoofing clues"): the image mixed with a copy of itself
 * that is twirled about the centre. With rho and theta the polar coordinates of a pixel about the centre,
 *
 *     source = centre + rho (cos(theta + degree rho), sin(theta + degree rho)), held inside the image, the nearest pixel
 *     out = (1 - weight) image + weight image[source], rounded
 *
 * The published code has weight 0.2 and draws degree from U(0.0005, 0.01). It cuts coordinates and levels off instead of
 * rounding them, which shifts the copy by half a pixel and darkens the image by half a level, and swaps the coordinates of
 * the centre, so that the twirl of an image that is not square is off it; `compat: 'upstream'` does all three.
 */
export const moire: SpoofClue<MoireParameters> = {
  summary: 'the ghost of a screen photographed: the image mixed with a twirled copy (He et al. 2024)',
  needsMask: false,
  seeded: false,
  compat: true,
  parameters: {
    degree: { summary: 'twirl in radians a pixel from the centre', minimum: -0.1, maximum: 0.1 },
    weight: { summary: 'share of the twirled copy', minimum: 0, maximum: 1 },
  },
  severities: [
    { degree: 0.0005, weight: 0.2 },
    { degree: 0.001, weight: 0.2 },
    { degree: 0.0025, weight: 0.2 },
    { degree: 0.005, weight: 0.2 },
    { degree: 0.01, weight: 0.2 },
  ],
  apply(image, { degree, weight }, { unit, compat }) {
    return twirledGhost(image, degree / unit, weight, compat === 'upstream');
  },
};

function twirledGhost(image: RasterImage, degree: number, weight: number, upstream: boolean): RasterImage {
  const { width, height, channels, data } = image;
  const middle = [Math.floor(width / 2), Math.floor(height / 2)] as const;
  const [centreX, centreY] = upstream ? [middle[1], middle[0]] : middle;
  const whole = upstream ? Math.trunc : Math.round;
  const mixed = new Uint8Array(data.length);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const rho = Math.hypot(x - centreX, y - centreY);
      const theta = Math.atan2(y - centreY, x - centreX) + degree * rho;
      const sourceX = whole(held(centreX + rho * Math.cos(theta), width));
      const sourceY = whole(held(centreY + rho * Math.sin(theta), height));
      const from = (sourceY * width + sourceX) * channels;
      for (let channel = 0; channel < channels; channel++, at++) {
        const level = (1 - weight) * data[at] + weight * data[from + channel];
        mixed[at] = whole(level);
      }
    }
  }
  return { ...image, data: mixed };
}

function held(coordinate: number, length: number): number {
  return Math.min(Math.max(coordinate, 0), length - 1);
}
