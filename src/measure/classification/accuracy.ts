import { type NoRate, type Rate, supportedRate } from '../rate.js';
import type { ConfusionMatrix } from './confusion-matrix.js';

/** The share of images that got their own class. */
export function accuracy({ counts, total }: ConfusionMatrix, leastTrials = 1): Rate | NoRate {
  const right = counts.reduce((sum, row, at) => sum + row[at], 0);
  return supportedRate(right, total, leastTrials, 'images');
}
