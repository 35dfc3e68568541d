import type { FetchOptions } from '../model/zoo/catalogue-entry.js';
import { pullModels } from '../model/zoo/pull-models.js';
import type { DetectorName } from './detector.js';
import { findCascade } from './detectors/haar.js';
import { mtcnnNetworks } from './detectors/mtcnn/open-mtcnn.js';

/** How what a detector is made of gets onto this machine. */
const fetchers: Readonly<Record<DetectorName, (options: FetchOptions) => Promise<unknown>>> = {
  mtcnn: (options) => pullModels(mtcnnNetworks, options),
  ultraface: (options) => pullModels(['fr_detect'], options),
  haar: findCascade,
};

/**
 * Makes sure that a detector can be opened, without opening it: before work begins in several threads, so that nothing is
 * fetched twice and what is not to be had is said once.
 * @throws {Problem} where a network or the cascade is not to be had.
 */
export async function fetchDetector(name: DetectorName, options: FetchOptions = {}): Promise<void> {
  await fetchers[name](options);
}
