import type { Box, Point } from '../image/geometry.js';
import type { RasterImage } from '../image/raster-image.js';

export interface LandmarkOptions {
  /**
   * The box is exactly the one that the model is made for (dlib: its own detector's rectangle; the network: the square
   * that it sees). By default it may come from any detector and is adapted to the face that is found in it.
   */
  readonly exact?: boolean | undefined;
}

/** Finds the 68 iBUG landmarks of one face. */
export interface LandmarkModel {
  /** `dlib68`: the dlib predictor file; `fr68`: the 68-point network of the zoo. */
  readonly name: 'dlib68' | 'fr68';
  /** 68 points in pixels of the image, in the iBUG order, for the face in `box`. */
  landmarks(image: RasterImage, box: Box, options?: LandmarkOptions): Promise<Point[]>;
  close(): Promise<void>;
}
