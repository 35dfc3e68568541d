import type { ColourMap } from './colour-map.js';

/** The values that the two ends of a colour map stand for. */
export interface ColourScale {
  readonly minimum: number;
  readonly maximum: number;
}

/** From the smallest finite value to the largest; 0 to 0 where no value is finite. */
export function rangeScale(values: Iterable<number>): ColourScale {
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const value of values) {
    if (Number.isFinite(value)) {
      minimum = Math.min(minimum, value);
      maximum = Math.max(maximum, value);
    }
  }
  return minimum <= maximum ? { minimum, maximum } : { minimum: 0, maximum: 0 };
}

/** From -m to m, m the largest finite absolute value, so that 0 has the middle colour of a diverging map. */
export function symmetricScale(values: Iterable<number>): ColourScale {
  const { minimum, maximum } = rangeScale(values);
  const largest = Math.max(Math.abs(minimum), Math.abs(maximum));
  return { minimum: -largest, maximum: largest };
}

/**
 * The entry (0 to 255) of a colour map that stands for a value, as matplotlib chooses it: trunc(256 t) with
 * t = (value - minimum) / (maximum - minimum), values outside the scale at its ends; 0 on a scale without width.
 * NaN has no colour: -1.
 */
export function colourIndex(value: number, { minimum, maximum }: ColourScale): number {
  if (Number.isNaN(value)) {
    return -1;
  }
  const position = maximum > minimum ? (value - minimum) / (maximum - minimum) : 0;
  return Math.min(Math.max(Math.trunc(position * 256), 0), 255);
}

/** The R, G, B of a value, or undefined for NaN. */
export function colourOf(
  value: number,
  map: ColourMap,
  scale: ColourScale,
): readonly [red: number, green: number, blue: number] | undefined {
  const index = colourIndex(value, scale);
  return index < 0 ? undefined : [map.table[index * 3], map.table[index * 3 + 1], map.table[index * 3 + 2]];
}
