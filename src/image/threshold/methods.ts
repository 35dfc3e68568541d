import type { Tensor } from '../../tensor/tensor.js';
import { isodata } from './isodata.js';
import { li } from './li.js';
import { mean } from './mean.js';
import { otsu } from './otsu.js';
import { sauvola } from './sauvola.js';
import { triangle } from './triangle.js';
import { yen } from './yen.js';

/** A way to tell the high values of a map from the low ones. */
interface ThresholdMethod {
  readonly summary: string;
  /** One threshold for the map, or one a pixel. The map is finite and not constant. */
  readonly threshold: (map: Tensor) => number | Float64Array;
}

/** Every method by its name on the command line. */
export const thresholdMethods = {
  otsu: {
    summary: 'largest variance between the classes',
    threshold: ({ data }) => otsu(data),
  },
  li: {
    summary: 'smallest cross entropy',
    threshold: ({ data }) => li(data),
  },
  yen: {
    summary: 'largest correlation',
    threshold: ({ data }) => yen(data),
  },
  triangle: {
    summary: 'farthest below the line from the peak to the end of the longer tail',
    threshold: ({ data }) => triangle(data),
  },
  isodata: {
    summary: 'midway between the means of the classes',
    threshold: ({ data }) => isodata(data),
  },
  mean: {
    summary: 'mean of the map',
    threshold: ({ data }) => mean(data),
  },
  sauvola: {
    summary: 'local, from the mean and the standard deviation of 15x15 pixels',
    threshold: sauvola,
  },
} as const satisfies Readonly<Record<string, ThresholdMethod>>;

export type ThresholdName = keyof typeof thresholdMethods;
export const thresholdNames = Object.keys(thresholdMethods) as readonly ThresholdName[];
