import type { Card } from '../../../model/card.js';
import type { Preprocessing } from '../../../model/doctor/candidates.js';
import type { OutputFacts } from '../../../model/doctor/output-facts.js';
import { proposeCard } from '../../../model/doctor/propose-card.js';
import { Problem } from '../../../problem.js';
import type { Answers, Diagnosis } from '../doctor-findings.js';
import type { DoctorSamples } from '../doctor-samples.js';
import type { FixedInput } from '../doctor.task.js';
import type { Trial } from '../trial/trial.js';
import { fewestToTell } from '../variant-scores.js';
import { placeOf, type Variant } from '../variant.js';
import { axisRows } from './axis-rows.js';
import { cardNotes } from './card-notes.js';
import { foundClasses } from './found-classes.js';
import { isFound } from './is-found.js';
import { judgeCard } from './judge-card.js';
import { measureHeldOut } from './measure-held-out.js';
import { rankVariants } from './rank-variants.js';
import { bestFirst, rankingRows } from './ranking-rows.js';
import { readerNotes } from './reader-notes.js';
import { withOneOrder } from './with-one-order.js';

export interface DiagnosisParts {
  readonly trial: Trial;
  readonly samples: DoctorSamples;
  readonly output: OutputFacts;
  readonly input: FixedInput;
  /** The crop of the proposed card, where it is not what was tried. */
  readonly crop: Preprocessing['crop'] | undefined;
  /** The user's card, if there is one; and what to start from. */
  readonly card: Card | undefined;
  readonly base: Card;
  readonly cardVariant: Variant | undefined;
  readonly skipped: readonly { readonly image: string; readonly reason: string }[];
  readonly notes: readonly string[];
  readonly resamples: number;
  readonly seed: number;
}

/** Ranks all variants that were run, and says what the samples show. */
export function diagnose(parts: DiagnosisParts): Diagnosis {
  const { trial, samples, output, card, base, seed, resamples } = parts;
  const pairs = samples.kind === 'pairs';
  const enough = trial.smallest >= fewestToTell;
  const ranked = withOneOrder(trial, { resamples, seed, enough });
  if (ranked.length === 0) {
    throw new Problem(base.name, 'no variant gives a usable result for every image', 'check the weights');
  }
  const cardAt = placeOf(ranked, parts.cardVariant);
  const prefer = cardAt === -1 ? undefined : cardAt;
  const ranking = rankVariants(ranked, trial.resample, { resamples, seed, enough, prefer });
  const rows = rankingRows(ranked, ranking, cardAt, { pairs, enough });
  const chosen = rows[ranking.chosen];
  const heldOut = measureHeldOut(trial, ranked, { pairs, resamples, seed });
  const chance = trial.chance?.() ?? null;
  const found = isFound(chance, heldOut, chosen.first);
  const classesOf = (at: number) => foundClasses(samples, rows[at].order);
  const cardLeftOut = card !== undefined && cardAt === -1;
  const tried = ranked.length;
  return {
    answers: answersOf(parts),
    measures: pairs ? ['EER', "d'"] : [samples.labels.length === 2 ? 'AUC' : 'macro AUC', 'right decisions'],
    tried,
    ranking: bestFirst(rows, ranking),
    axes: axisRows(rows, ranking, enough),
    heldOut,
    chance,
    verdict: found ? 'found' : 'cannot tell',
    card:
      card === undefined || cardAt === -1
        ? null
        : judgeCard(card, cardAt, ranking, output, classesOf(cardAt)),
    proposed: found
      ? proposeCard(
          base,
          parts.input,
          { ...chosen.preprocessing, crop: parts.crop ?? chosen.preprocessing.crop },
          output,
          classesOf(ranking.chosen),
          cardNotes({ trial, output, seed, pairs }, chosen, heldOut, ranking),
        )
      : null,
    notes: [...parts.notes, ...readerNotes(trial, { pairs, chosen, heldOut, tried, cardLeftOut })],
  };
}

function answersOf({ samples, output, trial, skipped }: DiagnosisParts): Answers {
  return {
    kind: samples.kind,
    source: samples.source,
    output: output.name,
    counts: trial.counts,
    images: trial.images.length,
    persons: trial.persons.size,
    bonaFide: samples.kind === 'classes' ? (samples.bonaFide ?? null) : null,
    skipped,
  };
}
