import type { Rate } from '../rate.js';
import { equalErrorRate } from '../verification/equal-error-rate.js';
import type { AttackScores } from './attack-scores.js';

/** Where APCER and BPCER are closest. */
export interface DetectionEqualErrorRate {
  /** D-EER: (APCER + BPCER) / 2 at `threshold`. */
  readonly eer: number;
  readonly threshold: number;
  readonly apcer: Rate;
  readonly bpcer: Rate;
}

/**
 * The detection equal error rate, by the rule of `equalErrorRate`: over the attacks of all species, as bob.pad.base and most
 * papers have it, or over those of one.
 *
 * @param only the species; by default all of them.
 * @throws RangeError where there is no such species
 */
export function detectionEqualErrorRate(
  { bonaFide, attacks, species }: AttackScores,
  only?: string,
): DetectionEqualErrorRate {
  const impostor = only === undefined ? attacks : species.find(({ name }) => name === only)?.scores;
  if (impostor === undefined) throw new RangeError(`There is no species ${only}.`);
  const { eer, threshold, fmr, fnmr } = equalErrorRate({ genuine: bonaFide, impostor });
  return { eer, threshold, apcer: fmr, bpcer: fnmr };
}
