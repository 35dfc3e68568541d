import type { Point } from '../../image/geometry.js';
import { type TriangleMesh, triangleMesh } from '../../image/triangle-mesh.js';
import { similarityTransform } from '../similarity-transform.js';
import { transformPoint } from '../transform-point.js';
import { canonicalLandmarks } from './canonical-landmarks.js';

/** The common face that maps of different people are compared on. */
export interface CanonicalFace {
  readonly width: number;
  readonly height: number;
  /** Its 68 landmarks, in its pixels. */
  readonly landmarks: readonly Point[];
  readonly mesh: TriangleMesh;
}

/** Size of the canonical face in pixels, as in TFG-LIME. */
export const canonicalSize = { width: 224, height: 275 } as const;

let face: CanonicalFace | undefined;

/**
 * The canonical face of 224 x 275 pixels: the mean shape of `canonicalLandmarks`, its triangles and the triangle of every
 * pixel. Made once.
 */
export function canonicalFace(): CanonicalFace {
  const { width, height } = canonicalSize;
  return (face ??= {
    ...canonicalSize,
    landmarks: canonicalLandmarks,
    mesh: triangleMesh(meshPoints(canonicalLandmarks, canonicalSize, 'picture'), width, height),
  });
}

/**
 * Where the outer 21 points lie. `face`: around the face, as they lie around the canonical one (a similarity, by all
 * landmarks). `picture`: on the upper edge and in the corners of the picture, as in TFG-LIME.
 */
export type CanonicalFrame = 'face' | 'picture';

/**
 * The 89 points that a picture of a face is triangulated by, after TFG-LIME: the 68 landmarks, the 17 of the contour
 * again on the upper edge, and the four corners.
 *
 * What has no landmark, as forehead and hair, lies between the brows and the upper edge. With the edges of the `picture`
 * it is stretched or squeezed by the crop: the foreheads of two models that see different crops do not lie upon each
 * other. With those of the `face` they do.
 *
 * @param landmarks the 68 points in pixels of a picture of the given size; they may lie outside of it.
 * @throws RangeError where there are not 68 points
 */
export function meshPoints(
  landmarks: readonly Point[],
  { width, height }: { readonly width: number; readonly height: number },
  frame: CanonicalFrame,
): Point[] {
  if (landmarks.length !== 68) {
    throw new RangeError(`The canonical face needs 68 landmarks, got ${landmarks.length}`);
  }
  if (frame === 'picture') return [...landmarks, ...outerPoints(landmarks, { width, height })];
  const toPicture = similarityTransform(canonicalLandmarks, landmarks);
  const around = outerPoints(canonicalLandmarks, canonicalSize);
  return [...landmarks, ...around.map((point) => transformPoint(toPicture, point))];
}

/** Above the contour, and in the corners. */
function outerPoints(landmarks: readonly Point[], size: { readonly width: number; readonly height: number }) {
  const [right, bottom] = [size.width - 1, size.height - 1];
  // A contour that reaches out of the picture would fold the upper edge over its corner.
  const top = landmarks.slice(0, 17).map(([x]): Point => [Math.min(Math.max(x, 0), right), 0]);
  return [...top, ...([[0, 0], [right, 0], [0, bottom], [right, bottom]] as const)]; // prettier-ignore
}
