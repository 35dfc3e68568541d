import type { OutputFacts } from '../../../model/doctor/output-facts.js';
import type { Diagnosis, Measured, RankingRow } from '../doctor-findings.js';
import type { Trial } from '../trial/trial.js';
import type { Ranking } from './rank-variants.js';

/** What a proposed card says about where it comes from. */
export function cardNotes(
  { trial, output, seed, pairs }: CardOrigin,
  chosen: RankingRow,
  heldOut: Diagnosis['heldOut'],
  { worse }: Ranking,
): string[] {
  const counts = Object.entries(trial.counts)
    .map(([label, count]) => `${count} ${label}`)
    .join(', ');
  const ties = worse.filter((each) => each === undefined).length - 1;
  return [
    `faceprobe models doctor, output ${output.name}, on ${counts}, seed ${seed}: the best of ${worse.length} preprocessings, ${pairs ? 'EER' : 'AUC'} ${text(chosen.first)}` +
      (heldOut === null
        ? ', optimistic as it was chosen on the same images.'
        : `; ${text(heldOut)} where the choice was made on other persons.`),
    `${ties} others are ties: these samples do not show that they are worse.`,
  ];
}

interface CardOrigin {
  readonly trial: Trial;
  readonly output: OutputFacts;
  readonly seed: number;
  readonly pairs: boolean;
}

function text({ value, interval }: Measured): string {
  if (interval === null) return value.toFixed(3);
  return `${value.toFixed(3)} (95 % interval ${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})`;
}
