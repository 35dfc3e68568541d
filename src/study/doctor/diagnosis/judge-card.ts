import type { Card } from '../../../model/card.js';
import type { OutputFacts } from '../../../model/doctor/output-facts.js';
import { agreesWithCard, type FoundClasses } from '../../../model/doctor/propose-card.js';
import type { CardVerdict, Diagnosis } from '../doctor-findings.js';
import type { Ranking } from './rank-variants.js';

/**
 * Whether the user's card is as good as the best, and has the classes the right way round.
 * @param at the position of the card among the variants.
 * @param classes found with the card's own preprocessing.
 */
export function judgeCard(
  card: Card,
  at: number,
  { alike, worse }: Ranking,
  { name }: OutputFacts,
  classes: FoundClasses | undefined,
): NonNullable<Diagnosis['card']> {
  const verdict: CardVerdict = alike.includes(at)
    ? 'as good as the best'
    : worse[at] === undefined
      ? 'not told from the best'
      : 'another one is better';
  return {
    verdict,
    classes:
      classes === undefined || !(name in card.outputs)
        ? null
        : agreesWithCard(card, card.outputs[name], classes),
  };
}
