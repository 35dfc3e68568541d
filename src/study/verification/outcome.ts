import { decide } from '../../explain/pair-explanation.js';
import type { ScoredPair } from './scored-pair.js';

/** What a decision about a pair is, given whether it shows one person. */
export const outcomes = ['true match', 'false match', 'true non-match', 'false non-match'] as const;
export type Outcome = (typeof outcomes)[number];

/** The outcome of a pair at a threshold. */
export function outcomeOf(
  { cosine, genuine }: Pick<ScoredPair, 'cosine' | 'genuine'>,
  threshold: number,
): Outcome {
  if (decide(cosine, threshold) === 'match') return genuine ? 'true match' : 'false match';
  return genuine ? 'false non-match' : 'true non-match';
}
