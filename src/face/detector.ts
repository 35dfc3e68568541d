import type { RasterImage } from '../image/raster-image.js';
import type { Face } from './face.js';

/** The detectors, the default first. */
export const detectorNames = ['mtcnn', 'ultraface', 'haar'] as const;
export type DetectorName = (typeof detectorNames)[number];

/** Finds faces in an RGB photograph. */
export interface Detector {
  readonly name: DetectorName;
  /** All faces, in the detector's own order; an empty list where there is none. */
  detect(image: RasterImage): Promise<Face[]>;
  close(): Promise<void>;
}
