import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import { Problem } from '../../problem.js';
import { RandomState } from '../../tensor/random.js';
import { clueParameters } from './clue-parameters.js';
import { spoofClues, type SpoofClueName } from './clues.js';
import type { ClueParameters, Severity, SpoofClue } from './spoof-clue.js';

/** Which clue is put into an image, and how strongly. */
export interface ClueRequest {
  readonly clue: SpoofClueName;
  /** @default 3 */
  readonly severity?: Severity | undefined;
  /** Parameters that are not to be those of the severity. */
  readonly parameters?: ClueParameters | undefined;
  /** Of the random numbers of this image, an integer in [0, 2^32). Each image of a set needs its own. @default 0 */
  readonly seed?: number | undefined;
  /**
   * Where the clue goes: its share at every pixel, from 0 to 1, row by row. A mask of 0 and 255 is refused.
   * @default everywhere, but for clues that need a mask
   */
  readonly mask?: Uint8Array | Float32Array | undefined;
  /** The shorter side, in pixels, of the image that lengths among the parameters are meant for. @default 224 */
  readonly side?: number | undefined;
  /** `upstream`: as the published code has it, for clues that have such a variant. */
  readonly compat?: 'upstream' | undefined;
}

/** The shorter side of the images that the lengths among the parameters are meant for. */
const usualSide = 224;

/**
 * The image with a clue of an attack in it; size and channels stay. The same request gives the same samples.
 *
 * @throws {Problem} where a parameter is unknown or out of range, a mask is missing, or there is no upstream variant
 * @throws {RangeError} where the mask has not one value from 0 to 1 for every pixel
 */
export function applyClue(cv: OpenCv, image: RasterImage, request: ClueRequest): RasterImage {
  const { clue: name, severity = 3, seed = 0, mask, side = usualSide, compat } = request;
  const clue: SpoofClue = spoofClues[name];
  const parameters = clueParameters(name, severity, request.parameters);
  if (clue.needsMask && mask === undefined) {
    throw new Problem(name, 'changes the inside of a face and was not told where that is', 'give it a mask');
  }
  if (compat !== undefined && !clue.compat) {
    throw new Problem(name, 'has no upstream variant', 'leave --compat out');
  }
  const { width, height } = image;
  const shares = mask === undefined ? undefined : checkedMask(mask, width * height);
  const changed = clue.apply(image, parameters, {
    cv,
    random: new RandomState(seed),
    mask: shares ?? new Float32Array(width * height).fill(1),
    unit: Math.min(width, height) / side,
    compat,
  });
  return shares === undefined || clue.needsMask ? changed : blend(image, changed, shares);
}

function checkedMask(mask: Uint8Array | Float32Array, pixels: number): Float32Array {
  if (mask.length !== pixels)
    throw new RangeError(`The mask has ${mask.length} values, the image ${pixels} pixels.`);
  if (!mask.every((share) => share >= 0 && share <= 1))
    throw new RangeError('A mask has values from 0 to 1.');
  return Float32Array.from(mask);
}

/** The changed image where the mask is 1, the image where it is 0, and between them a mixture. */
function blend(image: RasterImage, changed: RasterImage, mask: Float32Array): RasterImage {
  const { channels } = image;
  const data = Uint8Array.from(image.data, (sample, at) =>
    Math.round(sample + mask[Math.floor(at / channels)] * (changed.data[at] - sample)),
  );
  return { ...image, data };
}
