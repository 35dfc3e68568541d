import { percentileInterval } from '../../../measure/compare-with-reference.js';
import type { Interval } from '../../../measure/interval.js';
import { resampleImages } from '../../doctor/resamples.js';
import { fewestToTell } from '../../doctor/variant-scores.js';
import type { Quantity } from './quantities.js';

/** The two sides that are compared. */
export const sides = ['bona fide', 'attack'] as const;
export type Side = (typeof sides)[number];

/** An image on one of the sides. */
export interface SidedImage {
  readonly side: Side;
  readonly person: string;
  /** The value of each quantity. */
  readonly values: readonly number[];
}

/** A mean with its 95 % interval; `null` where there is no image, or there are too few for one. */
export interface SideMean {
  readonly mean: number | null;
  readonly n: number;
  readonly interval: Interval | null;
}

/** A quantity on both sides. */
export interface ComparedQuantity extends Quantity {
  readonly bonaFide: SideMean;
  readonly attack: SideMean;
  /** Attack minus bona fide; `null` where a side is empty. */
  readonly difference: { readonly value: number; readonly interval: Interval | null } | null;
}

/**
 * The mean of each quantity over bona fides and over attacks, and their difference, with percentile intervals of a
 * bootstrap over persons within each side. Fewer than six images on a side give no interval.
 */
export function compareGroups(
  quantities: readonly Quantity[],
  images: readonly SidedImage[],
  { resamples, seed }: { readonly resamples: number; readonly seed: number },
): ComparedQuantity[] {
  const counts = sides.map((side) => images.filter((image) => image.side === side).length);
  const meansOf = (weights: Float64Array | undefined): number[][] => {
    const sums = sides.map(() => new Float64Array(quantities.length));
    const totals = [0, 0];
    images.forEach(({ side, values }, at) => {
      const own = sides.indexOf(side);
      const weight = weights?.[at] ?? 1;
      totals[own] += weight;
      values.forEach((value, quantity) => (sums[own][quantity] += weight * value));
    });
    return sums.map((own, side) => Array.from(own, (sum) => sum / totals[side]));
  };
  const drawn: number[][][] = [];
  const persons = images.map(({ side, person }) => ({ label: side, person }));
  if (Math.max(...counts) >= fewestToTell) {
    resampleImages(persons)((weights) => void drawn.push(meansOf(weights)), resamples, seed);
  }
  const means = meansOf(undefined);
  const sideMean = (side: number, quantity: number): SideMean => ({
    mean: counts[side] === 0 ? null : means[side][quantity],
    n: counts[side],
    interval: counts[side] < fewestToTell ? null : intervalOf(drawn.map((row) => row[side][quantity])),
  });
  return quantities.map((quantity, at) => ({
    ...quantity,
    bonaFide: sideMean(0, at),
    attack: sideMean(1, at),
    difference: counts.includes(0)
      ? null
      : {
          value: means[1][at] - means[0][at],
          interval:
            Math.min(...counts) < fewestToTell
              ? null
              : intervalOf(drawn.map(([bonaFide, attack]) => attack[at] - bonaFide[at])),
        },
  }));
}

function intervalOf(values: readonly number[]): Interval | null {
  return percentileInterval(values) ?? null;
}
