import { Problem } from '../../../problem.js';
import { type Outcome } from '../outcome.js';

/** Of which pairs something is written: all, none, or the first ones of each outcome, in the order of the list. */
export type ShownPairs = 'all' | 'none' | number;

/** Which of the pairs are shown. @param outcomes of all pairs, in the order of the list. */
export function shownPairs(outcomes: readonly Outcome[], shown: ShownPairs): boolean[] {
  const seen = new Map<Outcome, number>();
  return outcomes.map((outcome) => {
    const before = seen.get(outcome) ?? 0;
    seen.set(outcome, before + 1);
    return shown === 'all' || (shown !== 'none' && before < shown);
  });
}

/** @throws Problem where it is neither `all`, `none` nor a whole number. */
export function parseShownPairs(text: string): ShownPairs {
  if (text === 'all' || text === 'none') return text;
  if (/^\d+$/.test(text)) return Number(text);
  throw new Problem(text, 'is no number of pairs', 'give all, none, or a whole number');
}
