const view = new DataView(new ArrayBuffer(8));

/** The smallest float64 above a value: C's `nextafter(value, Infinity)`. */
export function nextAbove(value: number): number {
  if (Number.isNaN(value) || value === Infinity) return value;
  if (value === 0) return Number.MIN_VALUE;
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return view.getFloat64(0);
}

/** The largest float64 below a value: C's `nextafter(value, -Infinity)`. */
export function nextBelow(value: number): number {
  return -nextAbove(-value);
}
