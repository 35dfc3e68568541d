import { planPatches, type PatchDonor } from '../../../perturb/patch/plan-patches.js';
import { Problem } from '../../../problem.js';
import type { ScoredPair } from '../scored-pair.js';
import type { PatchOptions } from './patch-options.js';
import type { PatchPlans, PlannedPair } from './planned-pair.js';

/**
 * Draws the patches of every pair by `planPatches`. Every image of the protocol that has a face may be a donor.
 *
 * @param size of the faces in pixels.
 * @throws Problem where a patch does not fit into the faces.
 */
export function planPairs(
  pairs: readonly ScoredPair[],
  size: { readonly width: number; readonly height: number },
  { patches: count, patchSize, patchSeed: seed }: Pick<PatchOptions, 'patches' | 'patchSize' | 'patchSeed'>,
): PatchPlans {
  const faces = facesOf(pairs);
  const donors = [...identitiesOf(pairs)]
    .map(([file, identity]): PatchDonor => ({ file, identity }))
    .sort((one, other) => (one.file < other.file ? -1 : 1));
  const planned: PlannedPair[] = [];
  const problems: Problem[] = [];
  for (const pair of pairs) {
    try {
      const { patches, donor } = planPatches(pair, pair.index, size, donors, {
        count,
        size: patchSize,
        seed,
      });
      planned.push({ pair, donor, recipe: { face: pair.faceA, patches, donor: faces.get(donor)! } });
    } catch (error) {
      // A patch that is too large is too large for all.
      if (!(error instanceof Problem) || error.what !== pair.a) throw error;
      problems.push(new Problem(pair.name, error.why, error.remedy));
    }
  }
  return { planned, problems, notes: [] };
}

/** The file of the face of every image. */
export function facesOf(pairs: readonly ScoredPair[]): Map<string, string> {
  return new Map(pairs.flatMap(({ a, b, faceA, faceB }) => [[a, faceA] as const, [b, faceB] as const]));
}

/** Whom every image shows. */
export function identitiesOf(
  pairs: readonly Pick<ScoredPair, 'a' | 'b' | 'identityA' | 'identityB'>[],
): Map<string, string> {
  return new Map(
    pairs.flatMap(({ a, b, identityA, identityB }) => [[a, identityA] as const, [b, identityB] as const]),
  );
}
