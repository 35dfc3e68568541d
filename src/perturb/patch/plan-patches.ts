import type { Box } from '../../image/geometry.js';
import { Problem } from '../../problem.js';
import { RandomState } from '../../tensor/random.js';
import { drawPatches, type PatchOptions } from './draw-patches.js';

/** A pair of a protocol, as far as its patches depend on it. */
export interface PatchPair {
  /** The image that is patched. */
  readonly a: string;
  readonly b: string;
  readonly genuine: boolean;
}

/** What is pasted into the first image of a pair. */
export interface PatchPlan {
  readonly patches: readonly Box[];
  /** The image that the patches are taken from, at the same places. */
  readonly donor: string;
}

export interface PatchPlanOptions extends Omit<PatchOptions, 'compat'> {
  /** @default 3 */
  readonly seed?: number | undefined;
}

/** An image that may be a donor, and the person it shows where known. */
export interface PatchDonor {
  readonly file: string;
  readonly identity: string | undefined;
}

/**
 * The patches of one pair. Impostor pairs take them from the second image of the pair, which makes the two alike and
 * raises FMR; genuine pairs from an image of another person, which raises FNMR (PatchLFW, as in `drawPatches`).
 *
 * Every pair has a random stream of its own, `[seed, index]`, so its patches do not depend on the other pairs, on
 * the order of work, or on pairs that were left out. Donors are chosen among the images of persons who are known to
 * be others. The upstream code is followed exactly by `planUpstreamPatches`.
 *
 * @param index position of the pair in its protocol.
 * @param image size of the images in pixels.
 * @param donors images to choose from, in an order that does not change from run to run.
 * @throws Problem where a patch does not fit, or a genuine pair has no donor of another known person
 */
export function planPatches(
  pair: PatchPair,
  index: number,
  image: { readonly width: number; readonly height: number },
  donors: readonly PatchDonor[],
  { seed = 3, ...options }: PatchPlanOptions = {},
): PatchPlan {
  const random = new RandomState([seed, index]);
  const patches = drawPatches(random, image, options);
  if (!pair.genuine) return { patches, donor: pair.b };

  const shown = donors.find(({ file }) => file === pair.a)?.identity;
  if (shown === undefined) {
    throw new Problem(
      pair.a,
      'no donor can be chosen: it is not known whom the image shows',
      'add the columns identity_a and identity_b to the pairs',
    );
  }
  const others = donors.filter(({ identity }) => identity !== undefined && identity !== shown);
  if (others.length === 0) {
    throw new Problem(pair.a, `no image shows another person than ${shown}`, 'add pairs of other persons');
  }
  return { patches, donor: others[random.integer(0, others.length)].file };
}
