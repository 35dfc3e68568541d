/** A confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** The confidence, such as 0.95. */
  readonly level: number;
}
