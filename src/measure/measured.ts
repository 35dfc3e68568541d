import type { Interval } from './interval.js';

/** A number that was measured, or the reason why the sample gives none. */
export type Measured = MeasuredValue | NotMeasured;

export interface MeasuredValue {
  readonly value: number;
  /**
   * From a bootstrap. Undefined where the resamples show no spread, or where more than one in twenty of them does not
   * have the value: what is left of them is not a sample of it.
   */
  readonly interval: Interval | undefined;
}

export interface NotMeasured {
  readonly value: null;
  readonly reason: string;
}
