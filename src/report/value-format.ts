/**
 * One way of writing all values of a figure or table, so that they can be compared at a glance: as many
 * decimals as tell them apart (a hundredth of their span), at least two digits of the largest; powers of ten
 * where that would be long. NaN is an en dash.
 */
export function valueFormat(values: Iterable<number>): (value: number) => string {
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const value of values) {
    if (Number.isFinite(value)) {
      minimum = Math.min(minimum, value);
      maximum = Math.max(maximum, value);
    }
  }
  const largest = minimum <= maximum ? Math.max(Math.abs(minimum), Math.abs(maximum)) : 0;
  const span = maximum > minimum ? maximum - minimum : largest;
  const decimals = span > 0 ? Math.max(0, 1 - Math.floor(Math.log10(span) + 1e-9)) : 0;
  const fixed = largest < 1e5 && decimals <= 5;
  // A span of 1 or more would give one decimal or none: scores of 0 to 1 read better with two.
  const digits = largest === 0 || (largest < 10 && decimals < 2) ? 2 : decimals;
  return (value) => {
    if (!Number.isFinite(value)) {
      return Number.isNaN(value) ? '–' : value > 0 ? '∞' : '−∞';
    }
    const text = fixed ? value.toFixed(digits) : value.toExponential(2).replace('e+', 'e');
    return withMinusSign(/^-0(\.0*)?$/.test(text) ? text.slice(1) : text);
  };
}

/** Replaces hyphens that stand for minus by the sign itself. */
function withMinusSign(text: string): string {
  return text.replaceAll('-', '−');
}

/** A whole number with thousands separated: 12,345. */
export function countText(count: number): string {
  return count.toLocaleString('en-GB');
}

/** `left_eye` as a reader wants it: Left Eye. */
export function titleCase(name: string): string {
  return name
    .split(/[_\s]+/)
    .filter((word) => word !== '')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join(' ');
}
