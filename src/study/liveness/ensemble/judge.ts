import { fuseScores } from '../../../measure/fusion/fuse-scores.js';
import type { Ensemble } from './open-ensemble.js';

export type Decision = 'attack' | 'bona fide';

/** What one member says of one face. */
export interface MemberVerdict {
  /** P(attack). */
  readonly score: number;
  readonly threshold: number;
  readonly decision: Decision;
}

/** What an ensemble says of one face. */
export interface Verdict {
  /** The fused P(attack). */
  readonly score: number;
  readonly threshold: number;
  readonly decision: Decision;
  /** The kinds that the members which decided for an attack guard against; the fusion `any` only. */
  readonly suspected: readonly string[];
  /** By the name of the member, in the order of the ensemble. */
  readonly members: Readonly<Record<string, MemberVerdict>>;
}

/** A score at its threshold is bona fide, as in all PAD measures. */
export function decide(score: number, threshold: number): Decision {
  return score > threshold ? 'attack' : 'bona fide';
}

/**
 * Fuses the members' P(attack) and decides.
 * @param scores one a member, in the order of the ensemble.
 */
export function judge(
  { fusion, threshold, logistic, members }: Ensemble,
  scores: readonly number[],
): Verdict {
  const verdicts = members.map(({ threshold: own }, at): MemberVerdict => ({
    score: scores[at],
    threshold: own,
    decision: decide(scores[at], own),
  }));
  const score = fuseScores(fusion, scores, members, logistic);
  const guarded = members.flatMap(({ guards }, at) => (verdicts[at].decision === 'attack' ? guards : []));
  return {
    score,
    threshold,
    decision: decide(score, threshold),
    suspected: fusion === 'any' ? [...new Set(guarded)] : [],
    members: Object.fromEntries(members.map(({ name }, at) => [name, verdicts[at]] as const)),
  };
}
