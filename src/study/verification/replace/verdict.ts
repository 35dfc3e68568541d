import type { AreaRate, CurveAreas, Estimate } from './curve-areas.js';
import type { CurveKind } from './curve-kinds.js';

/** Which method explains best by one kind of curve, and how sure that is. */
export interface Verdict {
  readonly curve: CurveKind;
  /** HTER, or the rate of the only class that there is. */
  readonly rate: AreaRate;
  readonly best: string;
  readonly area: Estimate;
  /** The best one minus the control. */
  readonly overControl: Estimate;
  /** The best one minus each other method, the nearest first. */
  readonly overOthers: readonly { readonly method: string; readonly difference: Estimate }[];
  /** Whether the best one is better than the control, and than every other method: no interval holds 0. */
  readonly beatsControl: boolean;
  readonly settled: boolean;
}

/**
 * The verdict of a study by the areas under its curves. Errors should vanish soon where pixels are put back or inserted,
 * so a low area is good there; where they are deleted, errors should come soon.
 *
 * @returns undefined where the study has no method with such a curve.
 */
export function verdict(kind: CurveKind, { areas, comparisons }: CurveAreas): Verdict | undefined {
  const own = areas.filter((each) => each.curve === kind);
  const rate = (['hter', 'fnmr', 'fmr'] as const).find((name) => own.some((each) => each.rate === name));
  const sign = kind === 'deletion' ? -1 : 1;
  const methods = own
    .filter((each) => each.rate === rate && each.difference !== null)
    .sort((one, other) => sign * (one.area.value - other.area.value));
  if (rate === undefined || methods.length === 0) return undefined;
  const [best, ...others] = methods;
  const overOthers = others.map(({ method }) => {
    const comparison = comparisons.find(
      (each) =>
        each.curve === kind &&
        each.rate === rate &&
        [each.method, each.other].includes(best.method) &&
        [each.method, each.other].includes(method),
    )!;
    const { difference } = comparison;
    return { method, difference: comparison.method === best.method ? difference : turned(difference) };
  });
  const better = ({ low, high }: Estimate) =>
    low !== null && high !== null && (sign === 1 ? high < 0 : low > 0);
  return {
    curve: kind,
    rate,
    best: best.method,
    area: best.area,
    overControl: best.difference!,
    overOthers,
    beatsControl: better(best.difference!),
    settled: better(best.difference!) && overOthers.every(({ difference }) => better(difference)),
  };
}

function turned({ value, low, high }: Estimate): Estimate {
  return { value: -value, low: high === null ? null : -high, high: low === null ? null : -low };
}
