import { rate, type Rate } from '../../../measure/rate.js';

/** What an attack did to the score of one image. */
export interface AttackedScore {
  /** The score of the view as it is, and of the image that was written. */
  readonly before: number;
  readonly after: number;
  /** Whether there was a decision to change; an image that has the decision wanted already has none. */
  readonly attackable: boolean;
  /** Whether the decision at the threshold changed. */
  readonly flipped: boolean;
}

export interface AttackSummary {
  readonly images: number;
  /** Of the images with a decision to change, those whose decision changed (`errors`); null where there are none. */
  readonly success: Rate | null;
  /** Images that had the decision wanted from the start; they do not count. */
  readonly notAttackable: number;
  readonly meanBefore: number | null;
  readonly meanAfter: number | null;
}

export function summariseAttack(scores: readonly AttackedScore[]): AttackSummary {
  const trials = scores.filter(({ attackable }) => attackable);
  const mean = (of: 'before' | 'after') =>
    scores.length === 0 ? null : scores.reduce((sum, score) => sum + score[of], 0) / scores.length;
  return {
    images: scores.length,
    success: trials.length === 0 ? null : rate(trials.filter(({ flipped }) => flipped).length, trials.length),
    notAttackable: scores.length - trials.length,
    meanBefore: mean('before'),
    meanAfter: mean('after'),
  };
}
