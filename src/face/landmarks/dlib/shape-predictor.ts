/**
 * dlib's shape predictor: a cascade of regression forests (Kazemi and Sullivan, "One millisecond face alignment with an
 * ensemble of regression trees", CVPR 2014). Each cascade looks up the gray values at `pixels` places of the face, and
 * each of its trees compares pairs of them and adds the offsets of one leaf to the shape.
 *
 * Shapes are x0, y0, x1, y1, ... in units of the face's rectangle. All arrays lie in shared memory, so one predictor can
 * be posted to any number of worker threads without being copied.
 */
export interface ShapePredictor {
  /** Number of landmarks. */
  readonly parts: number;
  readonly cascades: number;
  /** Trees of one cascade. */
  readonly trees: number;
  /** Inner nodes of one tree (2^depth - 1); it has one leaf more. The children of node i are 2i + 1 and 2i + 2. */
  readonly splits: number;
  /** Gray values that one cascade looks up. */
  readonly pixels: number;
  /** [parts * 2] */
  readonly initialShape: Float32Array;
  /** [cascades, trees, splits]: a node goes left where value[first] - value[second] > threshold. */
  readonly first: Uint16Array;
  readonly second: Uint16Array;
  readonly threshold: Float32Array;
  /** [cascades, trees, splits + 1, parts * 2] */
  readonly leaves: Float32Array;
  /** [cascades, pixels]: the landmark that a pixel is placed relative to. */
  readonly anchor: Uint16Array;
  /** [cascades, pixels, 2]: the pixel's distance from its landmark in the initial shape. */
  readonly delta: Float32Array;
}
