import { normalDeviate } from '../normal-deviate.js';
import { rocCurve } from './roc-curve.js';
import { sortedScores, type VerificationScores } from './scores.js';

/** The ROC points on normal-deviate axes. */
export interface DetCurve {
  readonly threshold: Float64Array;
  /** Normal deviate of FMR, rising. */
  readonly fmr: Float64Array;
  /** Normal deviate of FNMR, falling. */
  readonly fnmr: Float64Array;
}

/** A rate that a DET axis is labelled with, and its place on the axis. */
export interface DetTick {
  readonly rate: number;
  readonly deviate: number;
}

/** The usual labels: 0.1, 0.2, 0.5, 1, 2, 5, 10, 20 and 40 %. */
export const detTicks: readonly DetTick[] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4].map(
  (rate) => ({ rate, deviate: normalDeviate(rate) }),
);

/**
 * The detection error trade-off curve (Martin et al., Eurospeech 1997).
 * Rates of 0 and 1 have no finite deviate: they are drawn half an error from the end, at 1 / (2 n) and 1 - 1 / (2 n).
 *
 * @throws Problem where a class has no score
 */
export function detCurve(scores: VerificationScores): DetCurve {
  const sorted = sortedScores(scores);
  const { threshold, fmr, fnmr } = rocCurve(sorted);
  const deviates = (rates: Float64Array, trials: number): Float64Array => {
    const end = 0.5 / trials;
    return rates.map((rate) => normalDeviate(Math.min(Math.max(rate, end), 1 - end)));
  };
  return {
    threshold,
    fmr: deviates(fmr, sorted.impostor.length),
    fnmr: deviates(fnmr, sorted.genuine.length),
  };
}
