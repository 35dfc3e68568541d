import type { Interval } from '../../../measure/interval.js';
import { type Rate } from '../../../measure/rate.js';
import { dPrime } from '../../../measure/verification/d-prime.js';
import { equalErrorRate } from '../../../measure/verification/equal-error-rate.js';
import { falseMatchRate } from '../../../measure/verification/false-match-rate.js';
import { falseNonMatchRate } from '../../../measure/verification/false-non-match-rate.js';
import { rocArea } from '../../../measure/verification/roc-area.js';
import type { VerificationScores } from '../../../measure/verification/scores.js';
import { thresholdAtFmr } from '../../../measure/verification/threshold-at-fmr.js';
import {
  verificationIntervals,
  type VerificationTrial,
} from '../../../measure/verification/verification-intervals.js';
import { Problem } from '../../../problem.js';
import type { ScoredPair } from '../scored-pair.js';
import { type ThresholdRequest, thresholdSource } from './threshold-request.js';

/** An error rate as the tables show it. */
export interface StudyRate extends Pick<Rate, 'rate' | 'errors' | 'trials'> {
  readonly low: number;
  readonly high: number;
  /**
   * `identities`: resampled over persons. `exact`: Clopper-Pearson, where the resamples show no spread, or fewer than two
   * persons are there; it takes the pairs as independent.
   */
  readonly interval: 'identities' | 'exact';
}

/** The rates at one threshold. */
export interface ThresholdRow {
  /** `EER`, `FMR 0.1`, ..., or `given`. */
  readonly target: string;
  /** Whether the study goes on with this one. */
  readonly chosen: boolean;
  /** Null where it is refused. */
  readonly threshold: number | null;
  /** Null without impostor pairs. */
  readonly fmr: StudyRate | null;
  /** Null without genuine pairs. */
  readonly fnmr: StudyRate | null;
  /** Why there is no such threshold. */
  readonly refused: string | null;
}

/** A measure that needs no threshold. */
export interface ScoreMeasure {
  readonly measure: 'EER' | 'ROC area' | "d'";
  readonly value: number;
  /** 95 %, over persons; null where the resamples show no spread, and for d'. */
  readonly low: number | null;
  readonly high: number | null;
}

/** What the record of the run holds of the scores. */
export interface ThresholdSummary {
  readonly threshold: number;
  /** Where it comes from, in words. */
  readonly source: string;
  readonly genuine: number;
  readonly impostor: number;
  readonly identities: number;
  /** Pairs of the list that are left out. */
  readonly lost: number;
  readonly thresholds: readonly ThresholdRow[];
  /** None where a class is missing. */
  readonly measures: readonly ScoreMeasure[];
}

/** The usual targets. */
const fmrTargets = [0.1, 0.01, 0.001, 0.0001] as const;

/**
 * The thresholds of a protocol, with the rates at each, and the measures that need none.
 * @throws Problem where the threshold that is asked for cannot be had from these scores.
 */
export function summariseScores(
  pairs: readonly ScoredPair[],
  request: ThresholdRequest,
  { seed, lost }: { readonly seed: number; readonly lost: number },
): ThresholdSummary {
  const scores: VerificationScores = {
    genuine: pairs.filter(({ genuine }) => genuine).map(({ cosine }) => cosine),
    impostor: pairs.filter(({ genuine }) => !genuine).map(({ cosine }) => cosine),
  };
  const trials = pairs.map(({ cosine, genuine, identityA, identityB }): VerificationTrial => ({
    score: cosine,
    genuine,
    identities: [identityA, identityB],
  }));
  const identities = new Set(trials.flatMap((trial) => trial.identities)).size;
  const intervalsAt = (threshold: number | undefined) =>
    identities < 2 ? undefined : verificationIntervals(trials, { threshold, seed });

  const requests: ThresholdRequest[] = [
    { kind: 'eer' },
    ...[...new Set([...fmrTargets, ...(request.kind === 'fmr' ? [request.target] : [])])]
      .sort((one, other) => other - one)
      .map((target) => ({ kind: 'fmr', target }) as const),
    ...(request.kind === 'given' ? [request] : []),
  ];
  const thresholds = requests.map((wanted): ThresholdRow => {
    const target = thresholdSource(wanted);
    const chosen = target === thresholdSource(request);
    try {
      const threshold = thresholdOf(scores, wanted);
      const { genuine, impostor } = scores;
      const intervals = intervalsAt(threshold);
      return {
        target,
        chosen,
        threshold,
        fmr: impostor.length === 0 ? null : studyRate(falseMatchRate(impostor, threshold), intervals?.fmr),
        fnmr: genuine.length === 0 ? null : studyRate(falseNonMatchRate(genuine, threshold), intervals?.fnmr),
        refused: null,
      };
    } catch (error) {
      if (!(error instanceof Problem) || chosen) throw error;
      return { target, chosen, threshold: null, fmr: null, fnmr: null, refused: error.message };
    }
  });
  return {
    threshold: thresholds.find(({ chosen }) => chosen)!.threshold!,
    source: thresholdSource(request),
    genuine: scores.genuine.length,
    impostor: scores.impostor.length,
    identities,
    lost,
    thresholds,
    measures: measuresOf(scores, intervalsAt(undefined)),
  };
}

/** @throws Problem where the scores cannot give it. */
function thresholdOf(scores: VerificationScores, request: ThresholdRequest): number {
  switch (request.kind) {
    case 'eer':
      return equalErrorRate(scores).threshold;
    case 'fmr':
      return thresholdAtFmr(scores.impostor, request.target).threshold;
    case 'given':
      return request.threshold;
  }
}

/** A rate with the interval over persons where there is one, else its exact one. */
export function studyRate(
  { rate, errors, trials, interval }: Rate,
  persons: Interval | undefined,
): StudyRate {
  const { low, high } = persons ?? interval;
  return { rate, errors, trials, low, high, interval: persons === undefined ? 'exact' : 'identities' };
}

function measuresOf(
  scores: VerificationScores,
  intervals: ReturnType<typeof verificationIntervals> | undefined,
): ScoreMeasure[] {
  if (scores.genuine.length === 0 || scores.impostor.length === 0) return [];
  const measure = (
    name: ScoreMeasure['measure'],
    value: number,
    interval: Interval | undefined,
  ): ScoreMeasure => ({
    measure: name,
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  });
  const enough = scores.genuine.length > 1 && scores.impostor.length > 1;
  return [
    measure('EER', equalErrorRate(scores).eer, intervals?.eer),
    measure('ROC area', rocArea(scores), intervals?.rocArea),
    ...(enough ? [measure("d'", dPrime(scores), undefined)] : []),
  ];
}
