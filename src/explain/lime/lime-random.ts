import { RandomState } from '../../tensor/random.js';

/**
 * The stream of random numbers of one explanation. Python's lime draws the seed of the segmentation from it first, so
 * that one seed governs both.
 */
export function limeRandom(seed: number): {
  readonly segmentationSeed: number;
  readonly random: RandomState;
} {
  const random = new RandomState(seed);
  return { segmentationSeed: random.integer(0, 1000), random };
}
