import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import { augment, type AugmentationSettings } from '../../perturb/augment/augment.js';
import { applyClue } from '../../perturb/spoof/apply-clue.js';
import type { SpoofClueName } from '../../perturb/spoof/clues.js';
import type { Severity } from '../../perturb/spoof/spoof-clue.js';
import { RandomState } from '../../tensor/random.js';

/** How an image is shown, where not as it is. Plain data; the same presentation gives the same pixels. */
export interface Presentation {
  /** Integers that name the stream of random numbers. */
  readonly seed: readonly number[];
  /** Which trace of an attack is put into it. */
  readonly clue?: { readonly name: SpoofClueName; readonly severity: Severity } | undefined;
  /** Whether it is augmented. */
  readonly augmented: boolean;
}

/** The image as a presentation shows it: the clue first, for what a camera sees of an attack is framed afterwards. */
export function present(
  cv: OpenCv,
  image: RasterImage,
  { seed, clue, augmented }: Presentation,
  augmentations: AugmentationSettings,
): RasterImage {
  const random = new RandomState(seed);
  const attacked =
    clue === undefined
      ? image
      : applyClue(cv, image, { clue: clue.name, severity: clue.severity, seed: random.uint32() });
  return augmented ? augment(cv, attacked, augmentations, random) : attacked;
}
