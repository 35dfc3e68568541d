import type { Detector } from './detector.js';
import type { DetectorOptions } from './detectors/detector-options.js';
import { openHaar } from './detectors/haar.js';
import { openMtcnn } from './detectors/mtcnn/open-mtcnn.js';
import { openUltraFace } from './detectors/ultraface.js';

export type DetectorName = Detector['name'];

/** Every detector: what it is, and how it is opened. The first is the default. */
export const detectors: Readonly<
  Record<DetectorName, { what: string; open: (options?: DetectorOptions) => Promise<Detector> }>
> = {
  mtcnn: { what: 'three networks; boxes with five points; finds small faces', open: openMtcnn },
  ultraface: { what: 'one small network at 320x240; boxes; fastest', open: openUltraFace },
  haar: {
    what: 'OpenCV’s Haar cascade of frontal faces; square boxes; needs the cascade file',
    open: openHaar,
  },
};

export const detectorNames = Object.keys(detectors) as readonly DetectorName[];

/**
 * Opens a face detector. Its networks are fetched into the cache on first use.
 * @throws Problem where a network or the cascade is not to be had.
 */
export function openDetector(name: DetectorName = 'mtcnn', options: DetectorOptions = {}): Promise<Detector> {
  return detectors[name].open(options);
}
