import type { Problem } from '../../../problem.js';
import type { ScoredPair } from '../scored-pair.js';
import type { PatchRecipe } from './patch-recipe.js';

/** A pair whose patches are drawn. */
export interface PlannedPair {
  readonly pair: ScoredPair;
  readonly recipe: PatchRecipe;
  /** The image that the patches are taken from, as in the list. */
  readonly donor: string;
}

/** The pairs of a study with their patches, and those that cannot be patched. */
export interface PatchPlans {
  readonly planned: readonly PlannedPair[];
  readonly problems: readonly Problem[];
  /** What a reader of the results must know. */
  readonly notes: readonly string[];
}
