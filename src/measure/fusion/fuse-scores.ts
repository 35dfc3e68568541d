import type { Fusion } from './fusion.js';
import { nextAbove } from '../verification/next-above.js';
import { fusedProbability, type LogisticFusion } from './logistic-fusion.js';

/** What a fusion knows of one member. */
export interface FusedMember {
  readonly name: string;
  /** P(attack) above it is an attack to this member. In (0, 1). */
  readonly threshold: number;
  /** Counts in the fusion `weighted` only. Above 0. */
  readonly weight: number;
}

/**
 * One P(attack) out of those of several members. All are in [0, 1] and rise with the suspicion.
 *
 * - `mean`: the arithmetic mean.
 * - `weighted`: the mean with the members' weights.
 * - `max`: the largest.
 * - `any`: an attack where any member says so at its own threshold. The fused score is the largest of the members'
 *   scores after each is stretched, linearly on either side, so that its threshold comes to lie at 0.5; it is above 0.5
 *   exactly where a member decides for an attack.
 * - `logistic`: the calibrated probability of `fitLogisticFusion`, for attacks and bona fides equally likely.
 *
 * A score at its threshold is bona fide, fused or not, as in all PAD measures, so that a threshold can be carried over.
 *
 * @param scores P(attack), one a member, in the order of `members`.
 * @param logistic needed by the fusion `logistic`, with a slope for every member.
 */
export function fuseScores(
  fusion: Fusion,
  scores: readonly number[],
  members: readonly FusedMember[],
  logistic?: LogisticFusion,
): number {
  if (scores.length !== members.length || scores.length === 0) {
    throw new RangeError(`${scores.length} scores do not belong to ${members.length} members.`);
  }
  switch (fusion) {
    case 'mean':
      return weightedMean(
        scores,
        members.map(() => 1),
      );
    case 'weighted':
      return weightedMean(
        scores,
        members.map(({ weight }) => weight),
      );
    case 'max':
      return Math.max(...scores);
    case 'any':
      return Math.max(...scores.map((score, at) => aboutItsThreshold(score, members[at].threshold)));
    case 'logistic': {
      if (logistic === undefined) throw new RangeError('The logistic fusion was not fitted.');
      return fusedProbability(
        logistic,
        Object.fromEntries(members.map(({ name }, at) => [name, scores[at]] as const)),
      );
    }
  }
}

function weightedMean(scores: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = scores.reduce((sum, score, at) => sum + weights[at] * score, 0) / total;
  // Rounding must not carry a mean out of the range of what it averages.
  return Math.min(Math.max(mean, Math.min(...scores)), Math.max(...scores));
}

/** The score with its threshold moved to 0.5; 0 stays 0 and 1 stays 1. */
function aboutItsThreshold(score: number, threshold: number): number {
  if (score <= threshold) return (0.5 * score) / threshold;
  // What is above by less than rounding keeps stays above.
  return Math.max(0.5 + (0.5 * (score - threshold)) / (1 - threshold), nextAbove(0.5));
}
