import type { VerificationTrial } from './verification-intervals.js';

/**
 * EER, ROC area, and FMR and FNMR at the threshold, of trials that count a whole number of times each: what the
 * unweighted measures give where every trial stands in the list as often as its weight says.
 *
 * @param sorted in rising order of score, none NaN.
 * @returns NaN for what needs a class that has no weight, or a threshold that is not given
 */
export function weightedStatistics(
  sorted: readonly Pick<VerificationTrial, 'score' | 'genuine'>[],
  weights: Float64Array,
  threshold: number | undefined,
): [eer: number, rocArea: number, fmr: number, fnmr: number] {
  let genuine = 0;
  let impostor = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (sorted[i].genuine) genuine += weights[i];
    else impostor += weights[i];
  }

  let rejected = 0;
  let accepted = impostor;
  let eer = genuine > 0 && impostor > 0 ? 0.5 : Number.NaN;
  let smallestGap = Infinity;
  let wins = 0;
  let fmr = threshold === undefined || impostor === 0 ? Number.NaN : 0;
  let fnmr = threshold === undefined || genuine === 0 ? Number.NaN : 1;
  let thresholdPassed = false;
  for (let start = 0; start < sorted.length;) {
    const { score } = sorted[start];
    if (threshold !== undefined && !thresholdPassed && score >= threshold) {
      thresholdPassed = true;
      fmr = accepted / impostor;
      fnmr = rejected / genuine;
    }
    let genuineHere = 0;
    let impostorHere = 0;
    for (; start < sorted.length && sorted[start].score === score; start++) {
      if (sorted[start].genuine) genuineHere += weights[start];
      else impostorHere += weights[start];
    }
    wins += genuineHere * (impostor - accepted + impostorHere / 2);
    rejected += genuineHere;
    accepted -= impostorHere;
    // Whole numbers below 2^53, so equal gaps are equal; the last of them is kept, as in `equalErrorRate`.
    const gap = Math.abs(accepted * genuine - rejected * impostor);
    if (gap <= smallestGap && genuineHere + impostorHere > 0) {
      smallestGap = gap;
      eer = (accepted / impostor + rejected / genuine) / 2;
    }
  }
  return [eer, wins / (genuine * impostor), fmr, fnmr];
}
