import type { Diagnosis, Measured } from '../doctor-findings.js';

/**
 * Whether the samples show that anything was found at all: by the permutation of labels where there are classes, else by
 * the EER, held out where that could be done.
 */
export function isFound(chance: number | null, heldOut: Diagnosis['heldOut'], chosen: Measured): boolean {
  return chance === null ? exceedsChance(heldOut ?? chosen) : chance <= 0.05;
}

/** Whether the whole interval of an EER is on the good side of chance; without an interval, whether it is far from it. */
function exceedsChance({ value, interval }: Measured): boolean {
  return interval === null ? value < 0.25 : interval.high < 0.5;
}
