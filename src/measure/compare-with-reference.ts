import type { Interval } from './interval.js';

/** How one alternative compares with the reference. */
export interface Comparison {
  /** Its own percentile interval over the resamples; undefined where they show no spread. */
  readonly interval: Interval | undefined;
  /** Value of the reference minus its own. */
  readonly difference: number;
  /** Percentile interval of the difference; undefined where the resamples show no spread. */
  readonly differenceInterval: Interval | undefined;
  /** Standard error of the difference over the resamples. */
  readonly standardError: number;
  /** It is below the reference by more than the resamples explain, all alternatives considered together. */
  readonly worse: boolean;
  /** It is not below the reference by more than one standard error. */
  readonly withinOneError: boolean;
}

/** Differences below this are rounding. */
const rounding = 1e-9;

/**
 * Compares alternatives that were measured on the same samples with one of them.
 *
 * The studentised difference of each from the reference is compared with the 0.95 quantile of the largest such difference
 * over the resamples, centred: the single step of the max-t procedure (Westfall and Young 1993; Romano and Wolf,
 * Econometrica 73, 2005), so that among many alternatives none is called worse by chance more often than in 5 of 100
 * studies. A difference that every resample shows alike counts as real where it is not 0.
 *
 * @param values of each alternative, higher is better.
 * @param resampled for each resample (of the same samples for all alternatives) the values of all alternatives; resamples
 *   with a NaN are left out.
 * @param reference which alternative to compare with.
 */
export function compareWithReference(
  values: readonly number[],
  resampled: readonly (readonly number[])[],
  reference: number,
  level = 0.95,
): Comparison[] {
  const usable = resampled.filter((row) => row.every((value) => !Number.isNaN(value)));
  const differences = values.map((value) => values[reference] - value);
  const errors = differences.map((difference, i) => {
    const squares = usable.reduce((sum, row) => sum + (row[reference] - row[i] - difference) ** 2, 0);
    return Math.sqrt(squares / Math.max(usable.length - 1, 1));
  });
  const largest = usable.map((row) =>
    row.reduce((top, value, i) => {
      if (errors[i] < rounding) return top;
      return Math.max(top, (row[reference] - value - differences[i]) / errors[i]);
    }, 0),
  );
  const critical = largest.length === 0 ? Infinity : quantile(sorted(largest), level);
  return differences.map((difference, i) => ({
    interval: percentileInterval(
      usable.map((row) => row[i]),
      level,
    ),
    difference,
    differenceInterval: percentileInterval(
      usable.map((row) => row[reference] - row[i]),
      level,
    ),
    standardError: errors[i],
    worse:
      difference > rounding && (errors[i] < rounding ? usable.length > 0 : difference / errors[i] > critical),
    withinOneError: difference <= errors[i] + rounding,
  }));
}

/** The percentile interval of resampled values, NaN left out; undefined where they show no spread. */
export function percentileInterval(values: readonly number[], level = 0.95): Interval | undefined {
  const inOrder = sorted(values.filter((value) => !Number.isNaN(value)));
  if (inOrder.length === 0 || inOrder[inOrder.length - 1] - inOrder[0] < rounding) return undefined;
  const tail = (1 - level) / 2;
  return { low: quantile(inOrder, tail), high: quantile(inOrder, 1 - tail), level };
}

function sorted(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}

/** The quantile at p in [0, 1], linear between neighbours. */
function quantile(inOrder: Float64Array, p: number): number {
  const position = p * (inOrder.length - 1);
  const before = Math.floor(position);
  const after = Math.min(before + 1, inOrder.length - 1);
  return inOrder[before] + (position - before) * (inOrder[after] - inOrder[before]);
}
