import {
  type AreaIntervals,
  verificationCurveIntervals,
} from '../../../measure/faithfulness/verification-curve-intervals.js';
import { verificationCurve } from '../../../measure/faithfulness/verification-curve.js';
import type { PairIdentities } from '../../../measure/identity-bootstrap.js';
import { control, type CurveKind, curveKinds } from './curve-kinds.js';
import type { StudyCurve } from './study-curves.js';

/** The rates that a curve has an area of. HTER, (FMR + FNMR) / 2, weighs both classes alike. */
const areaRates = ['fmr', 'fnmr', 'hter', 'accuracy'] as const;
export type AreaRate = (typeof areaRates)[number];

/** A number with its 95 % interval over persons; null where the resamples show no spread. */
export interface Estimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** The mean height of one curve, and how far it lies from the control. */
export interface CurveArea {
  readonly curve: CurveKind;
  readonly method: string;
  readonly rate: AreaRate;
  readonly area: Estimate;
  /** Minus that of random pixels; null for the control itself. */
  readonly difference: Estimate | null;
  readonly pairs: number;
  readonly identities: number;
}

/** How far the areas of two methods lie apart. */
export interface CurveComparison {
  readonly curve: CurveKind;
  readonly method: string;
  readonly other: string;
  readonly rate: AreaRate;
  /** Area of `method` minus area of `other`, resampled together. */
  readonly difference: Estimate;
}

export interface CurveAreas {
  readonly areas: readonly CurveArea[];
  /** Every two methods, each pair of them once. */
  readonly comparisons: readonly CurveComparison[];
}

/** The areas under the curves of a study, against the control and against each other. */
export function curveAreas(
  curves: readonly StudyCurve[],
  identities: readonly PairIdentities[],
  seed: number,
): CurveAreas {
  const areas: CurveArea[] = [];
  const comparisons: CurveComparison[] = [];
  const persons = new Set(identities.flat()).size;
  for (const kind of curveKinds) {
    const own = curves.filter((curve) => curve.kind === kind);
    const random = own.find(({ method }) => method === control);
    if (random === undefined) continue;
    const methods = own.filter((curve) => curve !== random);
    const values = new Map(own.map((curve) => [curve, areasOf(curve)]));
    /** Intervals of the curves, and of their differences from another one. */
    const against = (of: readonly StudyCurve[], other: StudyCurve) =>
      persons < 2 || of.length === 0
        ? undefined
        : verificationCurveIntervals(
            of.map(({ levels }) => levels),
            identities,
            { control: other.levels, seed },
          );

    const intervals = against(own, random);
    own.forEach((curve, at) => {
      for (const rate of areaRates) {
        const value = values.get(curve)![rate];
        if (value === undefined) continue;
        areas.push({
          curve: kind,
          method: curve.method,
          rate,
          area: estimate(value, intervals?.areas[at], rate),
          difference:
            curve === random
              ? null
              : estimate(value - values.get(random)![rate]!, intervals?.differences?.[at], rate),
          pairs: identities.length,
          identities: persons,
        });
      }
    });
    methods.forEach((other, at) => {
      const before = methods.slice(0, at);
      const { differences } = against(before, other) ?? {};
      before.forEach(({ method }, place) => {
        for (const rate of areaRates) {
          const [value, otherValue] = [before[place], other].map((curve) => values.get(curve)![rate]);
          if (value === undefined || otherValue === undefined) continue;
          comparisons.push({
            curve: kind,
            method,
            other: other.method,
            rate,
            difference: estimate(value - otherValue, differences?.[place], rate),
          });
        }
      });
    });
  }
  return { areas, comparisons };
}

function areasOf({ levels }: StudyCurve): Record<AreaRate, number | undefined> {
  const { fmr, fnmr, accuracy } = verificationCurve(levels);
  return {
    fmr: fmr?.area,
    fnmr: fnmr?.area,
    hter: fmr === undefined || fnmr === undefined ? undefined : (fmr.area + fnmr.area) / 2,
    accuracy: accuracy.area,
  };
}

/** Sums of the same numbers in another order differ in their last bits; such a difference must not look settled. */
function rounded(value: number): number {
  return Math.abs(value) < 1e-12 ? 0 : value;
}

function estimate(value: number, intervals: AreaIntervals | undefined, rate: AreaRate): Estimate {
  const interval = intervals?.[rate];
  return {
    value: rounded(value),
    low: interval === undefined ? null : rounded(interval.low),
    high: interval === undefined ? null : rounded(interval.high),
  };
}
