import { verificationCurve } from '../../../measure/faithfulness/verification-curve.js';
import { identityBootstrap, type PairIdentities } from '../../../measure/identity-bootstrap.js';
import type { Interval } from '../../../measure/interval.js';
import { type StudyRate, studyRate } from '../threshold/summarise-scores.js';
import type { CurveKind } from './curve-kinds.js';
import type { StudyCurve } from './study-curves.js';

/** Pairs that are decided wrongly in each class, and rightly in both. */
const curveRates = ['fmr', 'fnmr', 'accuracy'] as const;
export type CurveRate = (typeof curveRates)[number];

/** One rate of one curve at one share. */
export interface CurvePoint extends StudyRate {
  readonly curve: CurveKind;
  readonly method: string;
  readonly share: number;
  readonly name: CurveRate;
}

/** Every rate at every share, with its 95 % interval over persons; a class without pairs has no rate. */
export function curvePoints(
  curves: readonly StudyCurve[],
  identities: readonly PairIdentities[],
  seed: number,
): CurvePoint[] {
  const intervals = pointIntervals(curves, identities, seed);
  let next = 0;
  return curves.flatMap(({ kind, method, levels }) => {
    const curve = verificationCurve(levels);
    const first = next;
    next += levels.shares.length;
    return curveRates.flatMap((name, at) =>
      (curve[name]?.rates ?? []).map((rate, level) => ({
        curve: kind,
        method,
        share: levels.shares[level],
        name,
        ...studyRate(rate, intervals[(first + level) * curveRates.length + at]),
      })),
    );
  });
}

/** The intervals of FMR, FNMR and accuracy of every level of every curve, one after the other. */
function pointIntervals(
  curves: readonly StudyCurve[],
  identities: readonly PairIdentities[],
  seed: number,
): readonly (Interval | undefined)[] {
  if (curves.length === 0 || new Set(identities.flat()).size < 2) return [];
  const { genuine, threshold } = curves[0].levels;
  const count = curves.reduce((sum, { levels }) => sum + levels.shares.length, 0);
  // The levels of a pair lie side by side: they share its weight.
  const accepted = new Uint8Array(genuine.length * count);
  let column = 0;
  for (const level of curves.flatMap(({ levels }) => levels.scores)) {
    for (let pair = 0; pair < genuine.length; pair++)
      if (level[pair] >= threshold) accepted[pair * count + column] = 1;
    column++;
  }
  const sums = [new Float64Array(count), new Float64Array(count)];
  return identityBootstrap(
    identities,
    (weights) => {
      const all = [0, 0];
      for (const sum of sums) sum.fill(0);
      for (let pair = 0; pair < weights.length; pair++) {
        const weight = weights[pair];
        if (weight === 0) continue;
        const kind = genuine[pair] ? 1 : 0;
        all[kind] += weight;
        const sum = sums[kind];
        for (let level = 0, at = pair * count; level < count; level++, at++)
          sum[level] += weight * accepted[at];
      }
      const rates: number[] = [];
      for (let level = 0; level < count; level++) {
        const [falseMatches, matches] = [sums[0][level], sums[1][level]];
        rates.push(
          falseMatches / all[0],
          1 - matches / all[1],
          (matches + all[0] - falseMatches) / (all[0] + all[1]),
        );
      }
      return rates;
    },
    { seed },
  ).intervals;
}
