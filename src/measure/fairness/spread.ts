/** How far apart the values of groups lie. */
export interface Spread {
  /** The largest less the smallest. */
  readonly difference: number;
  /** The smallest over the largest, 1 where all are equal; NaN where all are 0. */
  readonly ratio: number;
}

/** The spread of one value a group, none of them negative. NaN where a value is. */
export function spread(values: readonly number[]): Spread {
  const high = Math.max(...values);
  const low = Math.min(...values);
  return { difference: high - low, ratio: low / high };
}
