import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { RandomState } from '../../tensor/random.js';
import { Problem } from '../../problem.js';
import type { Augmentation } from './augmentation.js';
import { flip, rotation, translation, zoom } from './geometry.js';
import { brightness, contrast, noise } from './tone.js';

/** The classic augmentations, in the order in which they are applied. */
export const augmentations = {
  flip,
  rotation,
  zoom,
  translation,
  brightness,
  contrast,
  noise,
} as const satisfies Readonly<Record<string, Augmentation>>;

export type AugmentationName = keyof typeof augmentations;
const names = Object.keys(augmentations) as AugmentationName[];

/** Strengths by name; what is left out is not applied. */
export type AugmentationSettings = Readonly<Partial<Record<AugmentationName, number>>>;

/** The image with every chosen augmentation, one after the other. */
export function augment(
  cv: OpenCv,
  image: RasterImage,
  settings: AugmentationSettings,
  random: RandomState,
): RasterImage {
  return names.reduce((before, name) => {
    const strength = settings[name];
    return strength === undefined ? before : augmentations[name].apply(cv, before, strength, random);
  }, image);
}

/**
 * `classic` (all of them as is usual), `none`, or names with commas between them, each with a strength of its own where
 * one is given: `flip,rotation=5,noise=0.01`.
 * @throws {Problem} for an unknown name or a strength out of range.
 */
export function parseAugmentations(text: string): AugmentationSettings {
  if (text === 'none') return {};
  if (text === 'classic') return Object.fromEntries(names.map((name) => [name, augmentations[name].usual]));
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [name, given] = part.trim().split('=') as [string, string?];
      const known = names.find((each) => each === name);
      if (known === undefined) {
        throw new Problem(`augmentation "${name}"`, 'is not known', `there are ${names.join(', ')}`);
      }
      const { usual, maximum } = augmentations[known];
      const strength = given === undefined ? usual : Number(given);
      if (!(strength > 0 && strength <= maximum)) {
        throw new Problem(`augmentation ${part}`, `its strength is a number above 0, up to ${maximum}`);
      }
      return [known, strength];
    }),
  );
}
