import type { AxisRow, Measured } from './doctor-findings.js';

/** A measure with its interval: `0.952 (0.901 to 0.988)`; d' with two decimals. */
export function measuredText({ value, interval }: Measured, measure: string): string {
  const text = (number: number) => number.toFixed(digits(measure));
  return interval === null ? text(value) : `${text(value)} (${text(interval.low)} to ${text(interval.high)})`;
}

/** A difference with its sign and interval, in the direction of the measure: of the EER less is better. */
export function differenceText(row: AxisRow, which: 'first' | 'second', measure: string): string {
  const { value, interval } = row[which];
  const sign = measure === 'EER' ? -1 : 1;
  const text = (number: number) => {
    const shown = number.toFixed(digits(measure));
    return number > 0 ? `+${shown}` : shown;
  };
  if (interval === null) return text(sign * value);
  const [low, high] = [interval.low, interval.high].map((end) => sign * end).sort((a, b) => a - b);
  return `${text(sign * value)} (${text(low)} to ${text(high)})`;
}

function digits(measure: string): number {
  return measure === "d'" ? 2 : 3;
}
