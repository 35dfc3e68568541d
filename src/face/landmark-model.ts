import type { Box, Point } from '../image/geometry.js';
import type { RasterImage } from '../image/raster-image.js';

export interface LandmarkOptions {
  /**
   * The box is exactly the one that the model is made for (dlib: its own detector's rectangle; `fr68`: the square
   * that it sees; `mesh468`: a face box, which it enlarges). By default it may come from any detector and is adapted to the face that is found in it.
   */
  readonly exact?: boolean | undefined;
}

/** Finds the landmarks of one face: the 68 of iBUG, or the 468 of MediaPipe's face mesh. */
export interface LandmarkModel {
  /**
   * `dlib68`: the dlib predictor file; `fr68`: the 68-point network of the zoo; `mesh468`: the zoo's network of the mesh.
   */
  readonly name: 'dlib68' | 'fr68' | 'mesh468';
  /**
   * The points in pixels of the image, in the order of iBUG or of the mesh, for the face in `box`.
   * @throws Problem where the mesh sees no face in the box.
   */
  landmarks(image: RasterImage, box: Box, options?: LandmarkOptions): Promise<Point[]>;
  close(): Promise<void>;
}

/** How many points a model may find: iBUG's, or those of the mesh. */
export const landmarkCounts = [68, 468] as const;
export type LandmarkCount = (typeof landmarkCounts)[number];
