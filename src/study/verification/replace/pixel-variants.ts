import { copyPixel, type ImageInput } from '../../../measure/faithfulness/scored-input.js';
import { type PixelRule, pixelOrder } from '../../../measure/map/pixel-order.js';
import { pixelShare } from '../../../measure/map/pixel-share.js';
import { upstreamPixels } from '../../../perturb/replacement/upstream-pixels.js';

/** One input of a network with some of its pixels taken from another one. */
export interface PixelVariant {
  readonly from: Float32Array;
  readonly to: Float32Array;
  /** The pixels that are taken from `to`, in rows from the top. */
  readonly pixels: Int32Array;
}

export interface PixelChoice {
  /** One value a pixel. */
  readonly map: Float32Array;
  readonly rule: PixelRule;
  readonly shares: readonly number[];
  /** Of the order of equal values, and of random ones. */
  readonly seed: readonly number[];
  /** `upstream`: the pixels that the code of xSSAB chooses; its random order is the same for all pairs. */
  readonly compat: 'upstream' | undefined;
}

/** The pixels that are changed at each share. */
export function chosenPixels({ map, rule, shares, seed, compat }: PixelChoice): Int32Array[] {
  if (compat === 'upstream') return shares.map((share) => upstreamPixels(map, rule, share));
  const order = pixelOrder(map, rule, seed);
  return shares.map((share) => order.subarray(0, pixelShare(share, map.length)));
}

/** Writes a variant into the buffer of one input, whatever it holds. */
export function writeVariant(
  { from, to, pixels }: PixelVariant,
  into: Float32Array,
  input: ImageInput,
): void {
  into.set(from);
  for (const pixel of pixels) copyPixel(to, into, pixel, input);
}
