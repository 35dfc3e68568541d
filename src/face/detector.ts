import type { RasterImage } from '../image/raster-image.js';
import type { Face } from './face.js';

/** Finds faces in an RGB photograph. */
export interface Detector {
  readonly name: 'mtcnn' | 'ultraface' | 'haar';
  /** All faces, in the detector's own order; an empty list where there is none. */
  detect(image: RasterImage): Promise<Face[]>;
  close(): Promise<void>;
}
