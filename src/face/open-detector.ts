import type { Detector, DetectorName } from './detector.js';
import type { DetectorOptions } from './detectors/detector-options.js';
import { openHaar } from './detectors/haar.js';
import { openMtcnn } from './detectors/mtcnn/open-mtcnn.js';
import { openUltraFace } from './detectors/ultraface.js';

/** How each detector is opened. */
const detectors: Readonly<Record<DetectorName, (options?: DetectorOptions) => Promise<Detector>>> = {
  mtcnn: openMtcnn,
  ultraface: openUltraFace,
  haar: openHaar,
};

/**
 * Opens a face detector. Its networks are fetched into the cache on first use.
 * @throws Problem where a network or the cascade is not to be had.
 */
export function openDetector(name: DetectorName = 'mtcnn', options: DetectorOptions = {}): Promise<Detector> {
  return detectors[name](options);
}
