import { number } from '../../report/in-words.js';
import type { Estimate } from '../replace/curve-areas.js';

/** A number with its 95 % interval: `0.312 (0.251 to 0.380)`. */
export function areaInWords({ value, low, high }: Estimate): string {
  return low === null || high === null
    ? `${number(value)} (no interval)`
    : `${number(value)} (${number(low)} to ${number(high)})`;
}
