/** A number of a report: three figures, with a true minus sign. */
export function number(value: number): string {
  return value.toPrecision(3).replace('-', '−');
}

/** A mean with its interval, or the statement that there is none. */
export function withInterval(mean: number, interval: { low: number; high: number } | undefined): string {
  if (Number.isNaN(mean)) return 'none';
  return interval === undefined
    ? `${number(mean)} (n too small for an interval)`
    : `${number(mean)} (${number(interval.low)} to ${number(interval.high)})`;
}

export function images(n: number): string {
  return n === 1 ? 'one image' : `${n} images`;
}

/** `left_eye` as `left eye`. */
export function inWords(name: string): string {
  return name.replaceAll('_', ' ');
}

/** A rate in percent, without the sign: two decimals below 10, one above. */
export function percent(rate: number): string {
  const value = 100 * rate;
  const text = Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 9.995 ? 2 : 1);
  return text.replace('-', '−');
}

/** A rate with its 95 % interval and its counts: `2.27 % (0.47 to 6.50; 3 of 132)`. */
export function rateInWords({
  rate,
  low,
  high,
  errors,
  trials,
}: {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  readonly errors: number;
  readonly trials: number;
}): string {
  return `${percent(rate)} % (${percent(low)} to ${percent(high)}; ${errors} of ${trials})`;
}

/** A p value; a journal keeps none as null. */
export function pInWords(p: number | null | undefined): string {
  if (p === null || p === undefined || Number.isNaN(p)) return '–';
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}
