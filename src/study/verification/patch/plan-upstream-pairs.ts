import type { Protocol } from '../../../dataset/protocol/protocol.js';
import { planUpstreamPatches } from '../../../perturb/patch/plan-upstream-patches.js';
import { Problem } from '../../../problem.js';
import type { ScoredPair } from '../scored-pair.js';
import type { PatchRecipe } from './patch-recipe.js';
import { facesOf, identitiesOf } from './plan-pairs.js';
import type { PatchPlans, PlannedPair } from './planned-pair.js';

/**
 * Draws the patches of every pair as the code of xSSAB does (`planUpstreamPatches`), over the whole list, so that a pair
 * without a face changes no other.
 *
 * Upstream keeps two images of its own for every pair, image 2 k and 2 k + 1 for pair k, also where pairs share a
 * photograph. The images of a numbered list are taken in the order of their names, as upstream sorts its files, those of
 * any other list in the order of its pairs.
 *
 * @param pairs of the protocol that have faces.
 * @param size of the faces in pixels.
 * @throws Problem where a patch does not fit into the faces, or they are not square.
 */
export function planUpstreamPairs(
  protocol: Pick<Protocol, 'pairs' | 'dropped' | 'format'>,
  pairs: readonly ScoredPair[],
  size: { readonly width: number; readonly height: number },
  seed: number,
): PatchPlans {
  const images = protocol.pairs.flatMap(({ a, b }) => [a, b]);
  const slots = images.map((_, slot) => String(slot));
  if (protocol.format === 'numbered')
    slots.sort((one, other) => (images[Number(one)] < images[Number(other)] ? -1 : 1));
  const imageOf = (slot: string) => images[Number(slot)];
  const plans = planUpstreamPatches(
    protocol.pairs.map(({ genuine, identityA, identityB }, pair) => ({
      a: String(2 * pair),
      b: String(2 * pair + 1),
      genuine,
      identityA,
      identityB,
    })),
    size,
    slots,
    { seed },
  );

  const faces = facesOf(pairs);
  const faceOf = (image: string): string => {
    const face = faces.get(image);
    if (face === undefined) throw new Problem(image, 'is a donor, but has no face', 'see the threshold step');
    return face;
  };
  const recipes = new Map<number, PatchRecipe>();
  const recipeOf = (at: number): PatchRecipe => {
    const known = recipes.get(at);
    if (known !== undefined) return known;
    const { patches, donor, donorPatchedBy } = plans[at];
    const recipe = {
      face: faceOf(protocol.pairs[at].a),
      patches,
      donor: donorPatchedBy === undefined ? faceOf(imageOf(donor)) : recipeOf(donorPatchedBy),
    };
    recipes.set(at, recipe);
    return recipe;
  };

  const scored = new Map(pairs.map((pair) => [pair.index, pair]));
  const identities = identitiesOf(protocol.pairs);
  const planned: PlannedPair[] = [];
  const problems: Problem[] = [];
  let own = 0;
  protocol.pairs.forEach(({ index, genuine, identityA }, at) => {
    const pair = scored.get(index);
    if (pair === undefined) return;
    const donor = imageOf(plans[at].donor);
    if (genuine && identities.get(donor) === identityA) own++;
    try {
      planned.push({ pair, recipe: recipeOf(at), donor });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problems.push(new Problem(pair.name, error.message));
    }
  });
  const notes: string[] = [];
  if (protocol.dropped.length > 0) {
    const { length } = protocol.dropped;
    notes.push(`--compat upstream draws as if the ${length} rows that are left out were not in the list`);
  }
  if (own > 0) {
    notes.push(
      `--compat upstream: ${own} genuine pairs have patches of the same person, as the published code would choose them`,
    );
  }
  return { planned, problems, notes };
}
