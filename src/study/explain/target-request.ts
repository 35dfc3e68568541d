import { defaultTarget, parseTarget } from '../../explain/parse-target.js';
import type { Target } from '../../explain/target.js';
import type { Model } from '../../model/model.js';
import { Problem } from '../../problem.js';

/** A target before its reference photograph is embedded, which needs the model. Plain data. */
export type TargetRequest =
  Exclude<Target, { kind: 'similarity' }> | { readonly kind: 'similarity'; readonly referenceFile: string };

/**
 * What a user wants explained: the similarity to a reference photograph, what `--target` names, or what the card
 * suggests.
 * @param preferred see `TargetOptions`.
 * @throws {Problem} where the model has no such target, or both are given.
 */
export function targetRequest(
  { target, reference }: { readonly target?: string | undefined; readonly reference?: string | undefined },
  { card, activations }: Pick<Model, 'card' | 'activations'>,
  preferred?: 'probability' | 'logit',
): TargetRequest {
  if (reference !== undefined) {
    if (target !== undefined) throw new Problem('--reference', 'is a target itself', 'leave --target out');
    if (!Object.values(card.outputs).some(({ kind }) => kind === 'embedding')) {
      throw new Problem('--reference', `${card.name} gives no embedding to compare`, 'leave it out');
    }
    return { kind: 'similarity', referenceFile: reference };
  }
  const of = { activations, preferred };
  const chosen = target === undefined ? defaultTarget(card, undefined, of) : parseTarget(target, card, of);
  if (chosen.kind === 'similarity') throw new Error('Only a reference photograph makes a similarity target.');
  return chosen;
}
