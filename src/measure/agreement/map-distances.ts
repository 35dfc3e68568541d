import type { Tensor } from '../../tensor/tensor.js';
import { jensenShannonDistance } from './jensen-shannon.js';
import { mapDistance } from './map-distance.js';
import { pearsonCorrelation } from './pearson-correlation.js';
import { spearmanCorrelation } from './spearman-correlation.js';
import { structuralSimilarity } from './structural-similarity.js';

/** A way to say how far apart two maps are. */
export interface MapDistance {
  readonly summary: string;
  /** The distance of equal maps is 0, that of the most different ones this. */
  readonly largest: number;
  /** Whether values below 0 have a meaning in it; others refuse them or are moved by them. */
  readonly signed: boolean;
  /** Both of one shape [height, width]. NaN where a constant map has no distance. */
  readonly distance: (a: Tensor, b: Tensor) => number;
}

/** Every distance by its name on the command line. Those made of a similarity are 1 less it. */
export const mapDistances = {
  'tfg-lime': {
    summary: 'the distance of the TFG-LIME study, of maps scaled to [0, 1]',
    largest: 2 * Math.LN2,
    signed: false,
    distance: (a, b) => mapDistance(a.data, b.data),
  },
  'jensen-shannon': {
    summary: 'Jensen-Shannon distance of the maps as distributions of heat',
    largest: 1,
    signed: false,
    distance: (a, b) => jensenShannonDistance(a.data, b.data),
  },
  pearson: {
    summary: "1 less Pearson's correlation of the values",
    largest: 2,
    signed: true,
    distance: (a, b) => 1 - pearsonCorrelation(a.data, b.data),
  },
  spearman: {
    summary: "1 less Spearman's correlation of the ranks",
    largest: 2,
    signed: true,
    distance: (a, b) => 1 - spearmanCorrelation(a.data, b.data),
  },
  ssim: {
    summary: '1 less the structural similarity, of values from the lowest of both maps to the highest',
    largest: 2,
    signed: true,
    distance: (a, b) => {
      const { low, high } = spanOf(a, b);
      if (low === high) return Number.NaN;
      const fromLow = ({ data, shape }: Tensor): Tensor => ({
        shape,
        data: data.map((value) => value - low),
      });
      return 1 - structuralSimilarity(fromLow(a), fromLow(b), high - low);
    },
  },
} as const satisfies Readonly<Record<string, MapDistance>>;

export type MapDistanceName = keyof typeof mapDistances;

function spanOf(...maps: readonly Tensor[]): { readonly low: number; readonly high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const { data } of maps) {
    for (const value of data) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return { low, high };
}
