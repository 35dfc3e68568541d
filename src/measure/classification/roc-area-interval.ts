import { normalDeviate } from '../normal-deviate.js';
import type { Interval } from '../interval.js';

/**
 * The interval of the area under a ROC curve: DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988), on the logit of the
 * area (Pepe 2003, 5.2.5), so that it stays inside 0..1. It takes the images as independent.
 *
 * @returns undefined where a class has fewer than two images, or the area is 0 or 1: then nothing tells its spread
 */
export function rocAreaInterval(
  positives: readonly number[],
  negatives: readonly number[],
  level = 0.95,
): Interval | undefined {
  const [m, n] = [positives.length, negatives.length];
  if (m < 2 || n < 2) return undefined;
  const risingPositives = positives.toSorted((a, b) => a - b);
  const risingNegatives = negatives.toSorted((a, b) => a - b);
  const abovePositive = positives.map((score) => shareBelow(risingNegatives, score));
  const belowNegative = negatives.map((score) => 1 - shareBelow(risingPositives, score));
  const area = mean(abovePositive);
  if (area <= 0 || area >= 1) return undefined;
  const variance = sampleVariance(abovePositive) / m + sampleVariance(belowNegative) / n;
  const half = (normalDeviate((1 + level) / 2) * Math.sqrt(variance)) / (area * (1 - area));
  const logit = Math.log(area / (1 - area));
  const inverse = (value: number) => 1 / (1 + Math.exp(-value));
  return { low: inverse(logit - half), high: inverse(logit + half), level };
}

/** The share of values below a score, those equal to it counting half. */
function shareBelow(rising: readonly number[], score: number): number {
  const first = firstNot(rising, (value) => value < score);
  const last = firstNot(rising, (value) => value <= score);
  return (first + last) / (2 * rising.length);
}

function firstNot(rising: readonly number[], holds: (value: number) => boolean): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(rising[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sampleVariance(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
