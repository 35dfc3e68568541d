import { gaussianBlurMap } from '../../../image/gaussian-blur.js';
import { imageFromLight, lightPlanes } from '../../../image/linear-light.js';
import type { SpoofClue } from '../spoof-clue.js';
import { dotThreshold } from './halftone-screen.js';

export type PrintParameters = Readonly<{
  pitch: number;
  dots: number;
  floor: number;
  gamut: number;
  grain: number;
  shading: number;
  blur: number;
}>;

/** Angles of the screens of cyan, magenta and yellow in degrees, as printers set them; a gray print has black alone. */
const screenAngles = { ink: [15, 75, 0], gray: [45] } as const;

/** Share of red, green and blue that white paper gives back, under the light of a room. */
const paper = [1, 0.985, 0.94] as const;

/** Pixels of the image between the finest dots that it can show. */
const finest = 2;

/** How steeply ink begins at the edge of a dot, in shares of the ink; the paper spreads it. */
const edge = 0.18;

/**
 * A photograph of a print on paper, in linear light:
 *
 * 1. Colours lose their purity (`gamut` is the share that is lost to the pixel's luminance).
 * 2. Three inks, cyan, magenta and yellow, take red, green and blue away. Each is laid down in dots on a screen turned by
 *    15, 75 and 0 degrees, with `pitch` pixels between dots, though no fewer than 2 of the image; an ink covers as large a
 *    part as the tone asks for, so the mean stays. `dots` is the share of this pattern that the camera still resolves.
 * 3. The paper: never black (`floor`, the light that full ink gives back), a little yellow, with a grain.
 * 4. The light falls from one side (`shading`), from a random direction.
 * 5. The camera photographs it a second time, less sharp (`blur`).
 */
export const print: SpoofClue<PrintParameters> = {
  summary: 'a print photographed: halftone dots, pale colours, grain of the paper, light from one side',
  needsMask: false,
  seeded: true,
  compat: false,
  parameters: {
    pitch: { summary: 'pixels between halftone dots', minimum: 1.5, maximum: 100 },
    dots: { summary: 'how much of the dots is seen, 0 to 1', minimum: 0, maximum: 1 },
    floor: { summary: 'light that full ink gives back', minimum: 0, maximum: 0.9 },
    gamut: { summary: 'share of the purity of colours that is lost', minimum: 0, maximum: 1 },
    grain: { summary: 'standard deviation of the grain of the paper', minimum: 0, maximum: 0.5 },
    shading: {
      summary: 'how far the light falls off from the middle to the edge',
      minimum: 0,
      maximum: 0.95,
    },
    blur: { summary: 'standard deviation of the second photograph in pixels', minimum: 0, maximum: 100 },
  },
  severities: [
    { pitch: 2.4, dots: 0.1, floor: 0.01, gamut: 0.08, grain: 0.01, shading: 0.04, blur: 0.4 },
    { pitch: 2.6, dots: 0.2, floor: 0.02, gamut: 0.16, grain: 0.015, shading: 0.08, blur: 0.5 },
    { pitch: 2.9, dots: 0.35, floor: 0.035, gamut: 0.24, grain: 0.02, shading: 0.12, blur: 0.6 },
    { pitch: 3.2, dots: 0.55, floor: 0.05, gamut: 0.32, grain: 0.03, shading: 0.18, blur: 0.7 },
    { pitch: 3.6, dots: 0.8, floor: 0.07, gamut: 0.4, grain: 0.04, shading: 0.25, blur: 0.8 },
  ],
  apply(image, { pitch, dots, floor, gamut, grain, shading, blur }, { cv, random, unit }) {
    const { width, height, channels } = image;
    const planes = lightPlanes(image);
    const direction = random.uniform(0, 2 * Math.PI);
    const phases = Array.from({ length: 6 }, () => random.random());
    const fall = shadingOf(width, height, direction, shading);
    const noise = Float32Array.from({ length: width * height }, () => random.normal());

    losePurity(planes, gamut);
    const angles: readonly number[] = channels === 1 ? screenAngles.gray : screenAngles.ink;
    planes.forEach((plane, ink) => {
      const threshold = dotThreshold(
        Math.max(pitch * unit, finest),
        angles[ink],
        phases[2 * ink],
        phases[2 * ink + 1],
      );
      const white = channels === 1 ? 1 : paper[ink];
      for (let y = 0, at = 0; y < height; y++) {
        for (let x = 0; x < width; x++, at++) {
          const cover = 1 - plane[at];
          const dot = softStep((cover - threshold(x, y)) / edge);
          const inked = cover + dots * (dot - cover);
          const reflected = (floor + (1 - floor) * (1 - inked)) * (1 + grain * noise[at]);
          plane[at] = white * reflected * fall(x, y);
        }
      }
    });
    const seen = planes.map((data) =>
      blur === 0 ? data : gaussianBlurMap(cv, { data, shape: [height, width] }, blur * unit).data,
    );
    return imageFromLight(seen, width, height);
  },
};

function losePurity(planes: readonly Float32Array[], share: number): void {
  if (planes.length === 1) return;
  const [red, green, blue] = planes;
  for (let at = 0; at < red.length; at++) {
    const luminance = 0.2126 * red[at] + 0.7152 * green[at] + 0.0722 * blue[at];
    for (const plane of planes) plane[at] += share * (luminance - plane[at]);
  }
}

/** 1 in the middle, 1 - `share` at the edge that the light comes to last. */
function shadingOf(width: number, height: number, direction: number, share: number) {
  const [towardsX, towardsY] = [Math.cos(direction), Math.sin(direction)];
  return (x: number, y: number) =>
    1 - share * Math.max(-1, towardsX * ((2 * x) / width - 1) + towardsY * ((2 * y) / height - 1));
}

/** From 0 at -1/2 to 1 at 1/2. */
function softStep(place: number): number {
  return Math.min(Math.max(place + 0.5, 0), 1);
}
