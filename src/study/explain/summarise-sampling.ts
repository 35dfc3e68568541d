import type { Sampling } from './explain-view.js';

/** The smallest, the middle and the largest of the values of all images. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/** How far random masks pinned the maps of a run down. */
export interface SamplingSummary {
  readonly samples: Spread;
  /** Images whose maps had not settled with all samples; null where that was not asked. */
  readonly unsettled: number | null;
  /** Over the images whose target moves at all; null where no linear model was fitted. */
  readonly r2: Spread | null;
}

/** `undefined` where the method draws no masks. */
export function summariseSampling(samplings: readonly (Sampling | undefined)[]): SamplingSummary | undefined {
  const known = samplings.filter((sampling) => sampling !== undefined);
  if (known.length === 0) return undefined;
  const r2 = known.flatMap((sampling) => sampling.r2 ?? []);
  return {
    samples: spreadOf(known.map(({ samples }) => samples)),
    unsettled: known.every(({ settled }) => settled === null)
      ? null
      : known.filter(({ settled }) => settled === false).length,
    r2: r2.length === 0 ? null : spreadOf(r2),
  };
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return {
    least: sorted[0],
    median: (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2,
    most: sorted[sorted.length - 1],
  };
}
