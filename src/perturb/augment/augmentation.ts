import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { RandomState } from '../../tensor/random.js';

/** A random change that leaves what is in a photograph as it is. The size of the image stays. */
export interface Augmentation {
  /** For help and reports, with the unit of the strength. */
  readonly summary: string;
  /** What is usual for faces. */
  readonly usual: number;
  readonly maximum: number;
  /** @param strength above 0, up to `maximum` */
  apply(cv: OpenCv, image: RasterImage, strength: number, random: RandomState): RasterImage;
}
