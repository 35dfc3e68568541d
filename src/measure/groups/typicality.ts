import { pearsonCorrelation } from '../agreement/pearson-correlation.js';

/**
 * How typical a person is of a group: Pearson's correlation of the person's map with the mean of the others, -1 to 1. The
 * person is taken out of the mean, for in a small group everybody resembles a mean that they are part of.
 *
 * @param map the person's mean map.
 * @param groupMean the mean of the group's persons, each with equal weight, this one among them.
 * @param persons how many they are.
 * @returns NaN where there is nobody else, or where one of the two maps is constant
 */
export function typicality(map: ArrayLike<number>, groupMean: ArrayLike<number>, persons: number): number {
  if (persons < 2) return Number.NaN;
  // A correlation does not feel a factor, so the sum of the others serves as their mean.
  const others = Float64Array.from(groupMean, (value, i) => persons * value - map[i]);
  return pearsonCorrelation(map, others);
}
