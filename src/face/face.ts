import type { Box, Point } from '../image/geometry.js';

/** Five landmarks. Left and right are the subject's: `leftEye` lies on the right of the image of a frontal face. */
export interface FivePoints {
  readonly leftEye: Point;
  readonly rightEye: Point;
  readonly nose: Point;
  readonly mouthLeft: Point;
  readonly mouthRight: Point;
}

/** A detected face, in pixels of the photograph. The box may reach over the border. */
export interface Face {
  readonly box: Box;
  /** The detector's confidence; its scale is the detector's own. */
  readonly score: number;
  /** Present where the detector finds them (MTCNN). */
  readonly points?: FivePoints;
}
