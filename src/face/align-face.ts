import type { AffineMatrix } from '../image/geometry.js';
import type { OpenCv } from '../image/opencv.js';
import type { RasterImage } from '../image/raster-image.js';
import { warpAffine } from '../image/warp-affine.js';
import { alignmentMatrix } from './alignment-matrix.js';
import type { FivePoints } from './face.js';

/** An ArcFace crop of `width` x `height` pixels (InsightFace's `norm_crop`): bilinear, black outside the photograph. */
export function alignFace(
  cv: OpenCv,
  photo: RasterImage,
  points: FivePoints,
  width: number,
  height: number,
): { image: RasterImage; matrix: AffineMatrix } {
  const matrix = alignmentMatrix(points, width, height);
  return { image: warpAffine(cv, photo, matrix, width, height), matrix };
}
