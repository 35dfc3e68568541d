import { clopperPearson } from '../../../measure/clopper-pearson.js';
import type { Diagnosis, RankingRow } from '../doctor-findings.js';
import type { Trial } from '../trial/trial.js';
import { fewestToTell } from '../variant-scores.js';
import { fewestToHoldOut } from './measure-held-out.js';

/** Fogliato, Patil and Perona (IJCV 2024): with fewer the intervals of the bootstrap over persons are too narrow. */
const fewPersons = 30;

export interface NotedFigures {
  readonly pairs: boolean;
  readonly chosen: Pick<RankingRow, 'first'>;
  readonly heldOut: Diagnosis['heldOut'];
  /** How many variants were ranked. */
  readonly tried: number;
  /** Whether there is a card that is not among them. */
  readonly cardLeftOut: boolean;
}

/** What a reader must know of the figures: few samples, no interval, optimism. */
export function readerNotes(
  trial: Pick<Trial, 'counts' | 'persons' | 'smallest'>,
  { pairs, chosen, heldOut, tried, cardLeftOut }: NotedFigures,
): string[] {
  const { smallest, persons } = trial;
  const enough = smallest >= fewestToTell;
  const notes: string[] = [];
  if (!enough) notes.push(tooFew(trial, pairs));
  if (enough && chosen.first.interval === null) {
    notes.push(
      `every resample shows the same ${pairs ? 'EER' : 'AUC'}, so there is no interval; without an error among ${smallest} ${pairs ? 'persons or pairs' : 'images of a class'} up to ${(100 * clopperPearson(0, smallest).high).toFixed(1)} % remain possible`,
    );
  }
  if (pairs && persons.size < fewPersons) {
    notes.push(`${persons.size} persons: with fewer than some ${fewPersons} the intervals are too narrow`);
  }
  if (cardLeftOut) notes.push('the card was not judged: its crop cannot be made of every image');
  if (heldOut === null) {
    notes.push(
      `too few to hold samples out (${fewestToHoldOut} of each class are needed): the figures of the chosen variant are optimistic, as it is the best of ${tried}`,
    );
  }
  return notes;
}

function tooFew({ counts, persons }: Pick<Trial, 'counts' | 'persons'>, pairs: boolean): string {
  const list = Object.entries(counts).filter(([, count]) => count < fewestToTell);
  const what =
    list.length > 0
      ? list.map(([label, count]) => `${count} ${label}`).join(' and ')
      : `${persons.size} persons`;
  return `${what}: with fewer than ${fewestToTell} no test can tell a difference at 5 %, so ${pairs ? 'no difference is' : 'differences in AUC are not'} called real, and there are no intervals`;
}
