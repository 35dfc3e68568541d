import {
  identityBootstrap,
  type IdentityBootstrapOptions,
  type PairIdentities,
} from '../identity-bootstrap.js';
import type { Interval } from '../interval.js';
import { curveArea } from './curve-area.js';
import { completePairs, type VerificationLevels } from './verification-curve.js';

/** An area under a curve; `undefined` where the class is missing or the resamples show no spread. */
export interface AreaIntervals {
  readonly fmr: Interval | undefined;
  readonly fnmr: Interval | undefined;
  readonly accuracy: Interval | undefined;
  /** Half total error rate, (FMR + FNMR) / 2: both classes count alike, however many pairs they have. */
  readonly hter: Interval | undefined;
}

export interface VerificationCurveIntervals {
  /** One a curve, in the order given. */
  readonly areas: readonly AreaIntervals[];
  /**
   * Area of the curve minus area of the control, one a curve. An interval without 0 says that the map does something
   * that the control does not; for FMR, FNMR and HTER, below 0 is better.
   */
  readonly differences: readonly AreaIntervals[] | undefined;
  readonly identities: number;
  readonly resamples: number;
  /** Pairs with a score on every curve, the control's too, at every share. */
  readonly pairs: number;
}

/**
 * Bootstrap intervals over identities of the areas under verification curves, and of their differences from a control
 * such as random replacement. All curves share the resamples and the pairs, so their differences are paired.
 *
 * @param curves scores of the same pairs at the same shares and threshold, one an explanation method.
 * @param identities of every pair.
 * @param control scores to compare with.
 * @throws Problem where there are fewer than two persons
 */
export function verificationCurveIntervals(
  curves: readonly VerificationLevels[],
  identities: readonly PairIdentities[],
  {
    control,
    ...options
  }: IdentityBootstrapOptions & { readonly control?: VerificationLevels | undefined } = {},
): VerificationCurveIntervals {
  const all = control === undefined ? curves : [...curves, control];
  const sets = all.map((levels) => new Set(completePairs(levels)));
  const pairs = identities
    .map((_, pair) => pair)
    .filter((pair) => sets.every((complete) => complete.has(pair)));

  // The area under a rate is the weighted mean of the areas under each pair's own curve of 0 (rejected) and 1.
  const acceptedAreas = all.map(({ shares, scores, threshold }) =>
    Float64Array.from(pairs, (pair) =>
      curveArea(
        scores.map((level) => (level[pair] >= threshold ? 1 : 0)),
        shares,
      ),
    ),
  );
  const genuine = Uint8Array.from(pairs, (pair) => (all[0].genuine[pair] ? 1 : 0));
  const statistics = (weights: Float64Array): number[] => {
    const areas = acceptedAreas.map((own) => weightedAreas(own, genuine, weights));
    const differences =
      control === undefined
        ? []
        : areas.slice(0, -1).map((own) => own.map((area, kind) => area - areas[areas.length - 1][kind]));
    return [...areas.slice(0, curves.length), ...differences].flat();
  };
  const { intervals, ...rest } = identityBootstrap(
    pairs.map((pair) => identities[pair]),
    statistics,
    options,
  );
  const ofCurves = Array.from({ length: intervals.length / 4 }, (_, at): AreaIntervals => {
    const [fmr, fnmr, accuracy, hter] = intervals.slice(4 * at, 4 * at + 4);
    return { fmr, fnmr, accuracy, hter };
  });
  return {
    areas: ofCurves.slice(0, curves.length),
    differences: control === undefined ? undefined : ofCurves.slice(curves.length),
    identities: rest.identities,
    resamples: rest.resamples,
    pairs: pairs.length,
  };
}

/** Areas under FMR, FNMR, accuracy and HTER; NaN where the class has no weight. */
function weightedAreas(
  accepted: Float64Array,
  genuine: Uint8Array,
  weights: Float64Array,
): [fmr: number, fnmr: number, accuracy: number, hter: number] {
  let genuineWeight = 0;
  let impostorWeight = 0;
  let matches = 0;
  let falseMatches = 0;
  for (let pair = 0; pair < weights.length; pair++) {
    const weight = weights[pair];
    if (genuine[pair] === 1) {
      genuineWeight += weight;
      matches += weight * accepted[pair];
    } else {
      impostorWeight += weight;
      falseMatches += weight * accepted[pair];
    }
  }
  const fmr = falseMatches / impostorWeight;
  const fnmr = 1 - matches / genuineWeight;
  const right = matches + impostorWeight - falseMatches;
  return [fmr, fnmr, right / (genuineWeight + impostorWeight), (fmr + fnmr) / 2];
}
