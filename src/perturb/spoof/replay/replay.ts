import { imageFromLight, lightPlanes } from '../../../image/linear-light.js';
import type { SpoofClue } from '../spoof-clue.js';
import { displayPattern } from './display-pattern.js';

export type ReplayParameters = Readonly<{
  pitch: number;
  tilt: number;
  grid: number;
  leak: number;
  gamma: number;
  cast: number;
  reflection: number;
  bezel: number;
}>;

/** Light of the black frame of a screen in a lit room. */
const frameLight = 0.012;

/**
 * A photograph of a screen that shows the image, in linear light:
 *
 * 1. The display: contrast by its own `gamma` over that of the image, black that is not black (`leak`), and a cast towards
 *    blue (`cast` is the share of red that is lost, and half as much green).
 * 2. Its pixels: stripes of red, green and blue side by side in cells of `pitch` image pixels, turned by up to `tilt`
 *    degrees. The camera's pixels collect light over an area, so the stripes are damped; what is left of their frequencies
 *    beats with the camera's pixels, which is the moire of a screen (display-pattern.ts has the formula). So `pitch` is in
 *    pixels of the image as it is and does not grow with it. `grid` is the share of the pattern that is seen.
 * 3. The room in the glass: a soft bright spot and a veil over everything (`reflection`).
 * 4. The black frame of the screen, `bezel` of the shorter side at each edge, over the image.
 */
export const replay: SpoofClue<ReplayParameters> = {
  summary: 'a screen photographed: pixels that beat with the camera, reflections, blue cast, frame',
  needsMask: false,
  seeded: true,
  compat: false,
  parameters: {
    pitch: {
      summary: 'width of a pixel of the screen, in pixels of the image itself',
      minimum: 0.5,
      maximum: 50,
    },
    tilt: { summary: 'largest turn of the screen in degrees', minimum: 0, maximum: 45 },
    grid: { summary: 'how much of the pixels of the screen is seen', minimum: 0, maximum: 1 },
    leak: { summary: 'light of black', minimum: 0, maximum: 0.5 },
    gamma: { summary: 'exponent over the light of the image', minimum: 0.5, maximum: 2 },
    cast: { summary: 'share of red that is lost to blue', minimum: 0, maximum: 0.9 },
    reflection: { summary: 'light of the brightest reflection', minimum: 0, maximum: 1 },
    bezel: { summary: 'width of the frame, as a share of the shorter side', minimum: 0, maximum: 0.3 },
  },
  severities: [
    { pitch: 1.12, tilt: 3, grid: 0.15, leak: 0.003, gamma: 1.04, cast: 0.03, reflection: 0.02, bezel: 0 },
    { pitch: 1.12, tilt: 3, grid: 0.3, leak: 0.006, gamma: 1.08, cast: 0.06, reflection: 0.05, bezel: 0 },
    { pitch: 1.12, tilt: 3, grid: 0.5, leak: 0.01, gamma: 1.12, cast: 0.1, reflection: 0.09, bezel: 0 },
    { pitch: 1.12, tilt: 3, grid: 0.75, leak: 0.015, gamma: 1.16, cast: 0.14, reflection: 0.15, bezel: 0.02 },
    { pitch: 1.12, tilt: 3, grid: 1, leak: 0.02, gamma: 1.2, cast: 0.18, reflection: 0.25, bezel: 0.04 },
  ],
  apply(image, { pitch, tilt, grid, leak, gamma, cast, reflection, bezel }, { random }) {
    const { width, height, channels } = image;
    const turn = tilt * random.uniform(-1, 1);
    const pattern = displayPattern(pitch, turn, random.random(), random.random());
    const spot = {
      x: width * random.random(),
      y: height * random.uniform(0, 0.5),
      size: Math.min(width, height) * random.uniform(0.15, 0.3),
    };
    const frame = Math.round(bezel * Math.min(width, height));
    const planes = lightPlanes(image);
    const tint = [1 - cast, 1 - cast / 2, 1];
    planes.forEach((plane, channel) => {
      const colour = channels === 1 ? 1 : tint[channel];
      for (let y = 0, at = 0; y < height; y++) {
        for (let x = 0; x < width; x++, at++) {
          const shown = (leak + (1 - leak) * Math.pow(plane[at], gamma)) * colour;
          const lit = shown * (1 + grid * (pattern(x, y, channels === 1 ? 1 : channel) - 1));
          const distance = Math.hypot(x - spot.x, y - spot.y) / spot.size;
          const glass = reflection * (0.25 + 0.75 * Math.exp((-distance * distance) / 2));
          const inFrame = x < frame || y < frame || x >= width - frame || y >= height - frame;
          plane[at] = (inFrame ? frameLight : lit) + glass;
        }
      }
    });
    return imageFromLight(planes, width, height);
  },
};
