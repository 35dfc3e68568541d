import { type Rate, rate } from '../rate.js';
import { countBelow } from '../verification/scores.js';
import type { AttackScores } from './attack-scores.js';

/** The errors of a detector of attacks at one threshold (ISO/IEC 30107-3). */
export interface AttackDetectionErrors {
  readonly threshold: number;
  /** Attack presentation classification error rate of each species: its attacks that are accepted as bona fide. */
  readonly species: readonly { readonly name: string; readonly apcer: Rate }[];
  /** The species that is accepted most often; of equals the first. */
  readonly worstSpecies: string;
  /** APCER_AP: that of the worst species. */
  readonly apcer: Rate;
  /** Over the attacks of all species; it hides the worst one. */
  readonly pooledApcer: Rate;
  /** Bona fide presentation classification error rate: bona fide presentations that are rejected. */
  readonly bpcer: Rate;
  /** Average classification error rate, (APCER_AP + BPCER) / 2; not an ISO measure. */
  readonly acer: number;
  /** Attack presentation non-response rate: attacks that gave no score. They are in no other rate. */
  readonly apnrr: Rate;
  /** Bona fide presentation non-response rate. */
  readonly bpnrr: Rate;
}

/** The errors at a threshold; a presentation is accepted as bona fide where its score is at or above it. */
export function attackDetectionErrors(scores: AttackScores, threshold: number): AttackDetectionErrors {
  const accepted = (sorted: Float64Array): Rate =>
    rate(sorted.length - countBelow(sorted, threshold), sorted.length);
  const species = scores.species.map(({ name, scores: own }) => ({ name, apcer: accepted(own) }));
  const worst = species.reduce((high, own) => (own.apcer.rate > high.apcer.rate ? own : high));
  const { bonaFide, attacks, nonResponses } = scores;
  const bpcer = rate(countBelow(bonaFide, threshold), bonaFide.length);
  return {
    threshold,
    species,
    worstSpecies: worst.name,
    apcer: worst.apcer,
    pooledApcer: accepted(attacks),
    bpcer,
    acer: (worst.apcer.rate + bpcer.rate) / 2,
    apnrr: rate(nonResponses.attacks, attacks.length + nonResponses.attacks),
    bpnrr: rate(nonResponses.bonaFide, bonaFide.length + nonResponses.bonaFide),
  };
}
