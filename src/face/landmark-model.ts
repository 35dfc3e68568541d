import type { Box, Point } from '../image/geometry.js';
import type { RasterImage } from '../image/raster-image.js';

/** Finds the 68 iBUG landmarks of one face. */
export interface LandmarkModel {
  /** `dlib68`: the dlib predictor file; `fr68`: the 68-point network of the zoo. */
  readonly name: 'dlib68' | 'fr68';
  /** 68 points in pixels of the image, in the iBUG order, for the face in `box`. */
  landmarks(image: RasterImage, box: Box): Promise<Point[]>;
  close(): Promise<void>;
}
