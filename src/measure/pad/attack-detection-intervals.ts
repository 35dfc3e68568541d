import { clusterBootstrap } from '../cluster-bootstrap.js';
import type { IdentityBootstrapOptions } from '../identity-bootstrap.js';
import type { Interval } from '../interval.js';
import { weightedStatistics } from '../verification/weighted-statistics.js';
import type { Presentation } from './attack-scores.js';

/** Bootstrap intervals over persons; undefined where the resamples show no spread. */
export interface AttackDetectionIntervals {
  /** Of the D-EER over all attacks, whose threshold is found anew on every resample. */
  readonly eer: Interval | undefined;
  readonly rocArea: Interval | undefined;
  /** Of APCER_AP, the species being the worst of each resample. */
  readonly apcer: Interval | undefined;
  readonly pooledApcer: Interval | undefined;
  readonly bpcer: Interval | undefined;
  readonly acer: Interval | undefined;
  /** Of the F1 score with bona fide as the positive class, and with attack. */
  readonly f1BonaFide: Interval | undefined;
  readonly f1Attack: Interval | undefined;
}

/**
 * Intervals of the measures at a fixed threshold and of those without one, by resampling persons with all their
 * presentations.
 */
export function attackDetectionIntervals(
  presentations: readonly Presentation[],
  threshold: number,
  options: IdentityBootstrapOptions = {},
): AttackDetectionIntervals {
  const sorted = presentations
    .map(({ score, species, person }, at) => ({
      score,
      genuine: species === undefined,
      species,
      person: person ?? `\0${at}`,
    }))
    .filter(({ score }) => !Number.isNaN(score))
    .sort((a, b) => a.score - b.score);
  const names = [...new Set(sorted.flatMap(({ species }) => species ?? []))];
  const speciesOf = Int32Array.from(sorted, ({ species }) =>
    species === undefined ? -1 : names.indexOf(species),
  );
  const accepted = sorted.map(({ score }) => score >= threshold);

  const statistics = (weights: Float64Array): number[] => {
    const [eer, rocArea, pooledApcer, bpcer] = weightedStatistics(sorted, weights, threshold);
    const trials = new Float64Array(names.length);
    const errors = new Float64Array(names.length);
    let bonaFide = 0;
    for (let at = 0; at < sorted.length; at++) {
      const species = speciesOf[at];
      if (species === -1) bonaFide += weights[at];
      else {
        trials[species] += weights[at];
        if (accepted[at]) errors[species] += weights[at];
      }
    }
    // A resample without a species has no worst of all species.
    const apcer = Math.max(...errors.map((count, species) => count / trials[species]));
    const attacks = trials.reduce((sum, count) => sum + count, 0);
    const f1 = (found: number, wrong: number, missed: number) => (2 * found) / (2 * found + wrong + missed);
    const [missed, passed] = [bpcer * bonaFide, pooledApcer * attacks];
    return [
      eer,
      rocArea,
      apcer,
      pooledApcer,
      bpcer,
      (apcer + bpcer) / 2,
      f1(bonaFide - missed, passed, missed),
      f1(attacks - passed, missed, passed),
    ];
  };
  const [eer, rocArea, apcer, pooledApcer, bpcer, acer, f1BonaFide, f1Attack] = clusterBootstrap(
    sorted.map(({ person }) => person),
    statistics,
    options,
  );
  return { eer, rocArea, apcer, pooledApcer, bpcer, acer, f1BonaFide, f1Attack };
}
