import { Problem } from '../../problem.js';
import { RandomState } from '../../tensor/random.js';
import { drawPatches } from './draw-patches.js';
import type { PatchPair, PatchPlan } from './plan-patches.js';

/** A pair of the two xSSAB lists: images by number, each used in one pair only. */
export interface UpstreamPatchPair extends PatchPair {
  /** Whom the first image shows. */
  readonly identityA: string;
  readonly identityB: string;
}

export interface UpstreamPatchPlan extends PatchPlan {
  /**
   * The position of an earlier pair of the same class whose first image is the donor: upstream patches in place, so it
   * takes that image as patched. Undefined where the donor is untouched.
   */
  readonly donorPatchedBy: number | undefined;
}

/**
 * The patches of all pairs exactly as the xSSAB code draws them, for `--compat upstream`.
 *
 * Impostor and genuine pairs each start a stream from the seed; a genuine pair draws its donor after its coordinates.
 * The donor of a genuine pair comes from the sorted list of image files without the positions (not the names) that the
 * images of the same person have in the pair list: the two agree only where file names sort in pair order. Donors that
 * were patched before are taken as patched.
 *
 * @param pairs in the order of the list; image 2 k and 2 k + 1 of the data set belong to pair k.
 * @param image size of the images in pixels; square.
 * @param files all images, in the order of upstream's sorted list of files.
 * @returns one plan a pair, in the order of `pairs`
 * @throws Problem where a patch does not fit, the images are not square, or no donor is left
 */
export function planUpstreamPatches(
  pairs: readonly UpstreamPatchPair[],
  image: { readonly width: number; readonly height: number },
  files: readonly string[],
  { seed = 3 }: { readonly seed?: number | undefined } = {},
): UpstreamPatchPlan[] {
  const positions = new Map<string, Set<number>>();
  pairs.forEach(({ identityA, identityB }, pair) => {
    [identityA, identityB].forEach((identity, image) => {
      const own = positions.get(identity) ?? new Set();
      own.add(2 * pair + image);
      positions.set(identity, own);
    });
  });

  const plans: UpstreamPatchPlan[] = [];
  for (const genuine of [false, true]) {
    const random = new RandomState(seed);
    const patchedBy = new Map<string, number>();
    pairs.forEach((pair, index) => {
      if (pair.genuine !== genuine) return;
      const patches = drawPatches(random, image, { compat: 'upstream' });
      const donor = genuine ? drawDonor(random, files, positions.get(pair.identityA)!, pair) : pair.b;
      // Its own patching comes later, so a pair never counts as its own donor's patcher.
      plans[index] = { patches, donor, donorPatchedBy: patchedBy.get(donor) };
      patchedBy.set(pair.a, index);
    });
  }
  return plans;
}

function drawDonor(
  random: RandomState,
  files: readonly string[],
  without: ReadonlySet<number>,
  pair: UpstreamPatchPair,
): string {
  const candidates = files.length - [...without].filter((position) => position < files.length).length;
  if (candidates === 0)
    throw new Problem(pair.a, 'no image is left as a donor', 'add pairs of other persons');
  let left = random.integer(0, candidates);
  let position = 0;
  for (; ; position++) {
    if (without.has(position)) continue;
    if (left-- === 0) return files[position];
  }
}
