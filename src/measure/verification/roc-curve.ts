import { nextAbove } from './next-above.js';
import { sortedScores, type VerificationScores } from './scores.js';

/** FMR and FNMR at every threshold that makes a difference, from the strictest to the most lenient. */
export interface RocCurve {
  /** The next float64 above the highest score, then every distinct score, falling. */
  readonly threshold: Float64Array;
  /** Rising from 0 to 1. */
  readonly fmr: Float64Array;
  /** Falling from 1 to 0. The true match rate is 1 - FNMR. */
  readonly fnmr: Float64Array;
}

/**
 * The points of the receiver operating characteristic. Equal scores make one point: they are accepted together.
 *
 * @throws Problem where a class has no score
 */
export function rocCurve(scores: VerificationScores): RocCurve {
  const { genuine, impostor } = sortedScores(scores);
  const thresholds = [nextAbove(Math.max(genuine[genuine.length - 1], impostor[impostor.length - 1]))];
  const fmr = [0];
  const fnmr = [1];
  let genuineLeft = genuine.length;
  let impostorLeft = impostor.length;
  while (genuineLeft > 0 || impostorLeft > 0) {
    const score = Math.max(
      genuineLeft > 0 ? genuine[genuineLeft - 1] : -Infinity,
      impostorLeft > 0 ? impostor[impostorLeft - 1] : -Infinity,
    );
    while (genuineLeft > 0 && genuine[genuineLeft - 1] === score) genuineLeft--;
    while (impostorLeft > 0 && impostor[impostorLeft - 1] === score) impostorLeft--;
    thresholds.push(score);
    fmr.push((impostor.length - impostorLeft) / impostor.length);
    fnmr.push(genuineLeft / genuine.length);
  }
  return {
    threshold: Float64Array.from(thresholds),
    fmr: Float64Array.from(fmr),
    fnmr: Float64Array.from(fnmr),
  };
}
