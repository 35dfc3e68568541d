import type { Estimate } from '../replace/curve-areas.js';

/** An area, or a difference of two, with three decimals. */
export function areaNumber(value: number): string {
  return value
    .toFixed(3)
    .replace(/^-(?!0\.000$)/, '−')
    .replace(/^-/, '');
}

/** An area with its 95 % interval: `0.312 (0.251 to 0.380)`. */
export function areaInWords({ value, low, high }: Estimate): string {
  return low === null || high === null
    ? `${areaNumber(value)} (no interval)`
    : `${areaNumber(value)} (${areaNumber(low)} to ${areaNumber(high)})`;
}
