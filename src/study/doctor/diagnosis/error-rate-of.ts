import type { Measured } from '../doctor-findings.js';

/** An EER out of 1 - EER. */
export function errorRateOf({ value, interval }: Measured): Measured {
  return {
    value: 1 - value,
    interval: interval && { low: 1 - interval.high, high: 1 - interval.low, level: interval.level },
  };
}
