/** What a variant of the preprocessing gave, ready to be measured on any resample of the samples. */
export interface VariantScores {
  /**
   * Measures for the given weight of each sample, higher is better: the one that ranks, the one that parts those which
   * are alike in it, and the second again over the classes alone that are large enough to tell differences.
   */
  readonly measures: (weights: Float64Array) => Measures;
  /** For classes: the output of each label. */
  readonly order: readonly number[] | undefined;
}

export type Measures = readonly [first: number, second: number, secondOfLarge: number];

/** Fewest samples of a class (or persons) with which a difference can be told: 2 (1/2)^6 = 0.03 by the sign test. */
export const fewestToTell = 6;
