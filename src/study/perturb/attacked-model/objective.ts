import { bindLogOdds } from '../../../explain/log-odds.js';
import { type BoundTarget, bindTarget, type Target } from '../../../explain/target.js';
import type { Model } from '../../../model/model.js';
import { Problem } from '../../../problem.js';

/** What noise moves, and what is reported of it. */
export interface Objective {
  /** Followed by the gradient: log-odds where the graph has logits, which do not saturate; else the score itself. */
  readonly followed: BoundTarget;
  /** The score that a decision is made on: a probability, a cosine, a quantity. */
  readonly scored: BoundTarget;
}

/**
 * @throws Problem where the target has no decision to change: a logit, or the likeness of an image to itself.
 */
export function objectiveOf(
  target: Target,
  { card, activations }: Pick<Model, 'card' | 'activations'>,
): Objective {
  if (target.kind === 'self-similarity') {
    throw new Problem(
      card.name,
      'compares embeddings, so noise needs an image to move towards or away from',
      'give --reference',
    );
  }
  const scored = bindTarget(
    target.kind === 'bona-fide' || target.kind === 'class' ? { ...target, of: 'probability' } : target,
    card,
    activations,
  );
  return { scored, followed: followedBy(target, scored, { card, activations }) };
}

function followedBy(
  target: Target,
  scored: BoundTarget,
  { card, activations }: Pick<Model, 'card' | 'activations'>,
): BoundTarget {
  if (target.kind !== 'bona-fide' && target.kind !== 'class') return scored;
  try {
    return bindLogOdds(target, card, activations);
  } catch (error) {
    if (error instanceof Problem) return scored;
    throw error;
  }
}
