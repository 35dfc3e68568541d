import type { Point } from '../../image/geometry.js';
import type { RasterImage } from '../../image/raster-image.js';
import { type PiecewiseWarp, warpImagePiecewise, warpMapPiecewise } from '../../image/warp-piecewise.js';
import type { Tensor } from '../../tensor/tensor.js';
import { reducePhoto } from '../reduce-photo.js';
import { canonicalFace, type CanonicalFrame, meshPoints } from './canonical-face.js';

export interface CanonicalOptions {
  /** @default 'face' */
  readonly frame?: CanonicalFrame | undefined;
}

/**
 * A map on the canonical face: 275 x 224 float32 values, bilinear between those of the map, none unset. `outside` tells
 * how much of it the map does not show; that is 0.
 *
 * The triangles are those of the canonical face for every map. TFG-LIME triangulates each face anew and takes these
 * triangles over to the canonical face, where they cross each other (then the first one that holds a pixel wins), and two
 * pictures of one person may be divided differently.
 *
 * @param map of shape [height, width], in what a model saw of a photograph.
 * @param landmarks the 68 points in pixels of the map; they may lie outside of it.
 * @throws RangeError where there are not 68 finite points
 */
export function warpMapToCanonical(
  map: Tensor,
  landmarks: readonly Point[],
  { frame = 'face' }: CanonicalOptions = {},
): PiecewiseWarp<Tensor> {
  const [height, width] = map.shape;
  return warpMapPiecewise(canonicalFace().mesh, meshPoints(landmarks, { width, height }, frame), map);
}

/**
 * A photograph on the canonical face, with the same triangles as a map. One that is larger by a whole factor is averaged
 * down first, so that the bilinear samples do not miss its pixels. Beyond its border the border is repeated.
 *
 * @param landmarks the 68 points in pixels of the photograph; they may lie outside of it.
 * @throws RangeError where there are not 68 finite points
 */
export function warpPhotographToCanonical(
  photograph: RasterImage,
  landmarks: readonly Point[],
  { frame = 'face' }: CanonicalOptions = {},
): PiecewiseWarp<RasterImage> {
  const { mesh, landmarks: target } = canonicalFace();
  const ratio = contourWidth(landmarks) / contourWidth(target);
  const factor = ratio >= 2 && ratio < Infinity ? Math.floor(ratio) : 1;
  const reduced = reducePhoto(photograph, factor);
  const placed = landmarks.map(([x, y]): Point => [(x + 0.5) / factor - 0.5, (y + 0.5) / factor - 0.5]);
  return warpImagePiecewise(mesh, meshPoints(placed, reduced, frame), reduced);
}

function contourWidth(landmarks: readonly Point[]): number {
  const contour = landmarks.slice(0, 17).map(([x]) => x);
  return Math.max(...contour) - Math.min(...contour);
}
