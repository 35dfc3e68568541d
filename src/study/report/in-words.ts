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
