import { invertAffine } from '../../face/invert-affine.js';
import { reducePhoto } from '../../face/reduce-photo.js';
import { similarityTransform } from '../../face/similarity-transform.js';
import { transformPoint } from '../../face/transform-point.js';
import type { Point } from '../../image/geometry.js';
import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import { triangleMesh } from '../../image/triangle-mesh.js';
import { warpImagePiecewise } from '../../image/warp-piecewise.js';
import { Problem } from '../../problem.js';
import { matchColours } from './match-colours.js';
import { pasteMask } from './paste-mask.js';
import { pasteSeamlessly } from './paste-seamlessly.js';

/** How much of the two photographs a morph takes. */
export const morphModes = {
  combined: 'the blended face in the background of one photograph, whose shape goes with the average',
  splicing: 'the blended face in one photograph, whose shape stays as it is',
  complete: 'both photographs blended whole, hair, clothes and background too',
} as const;

export type MorphMode = keyof typeof morphModes;

/** A photograph with one face that takes part in a morph. */
export interface MorphedFace {
  readonly image: RasterImage;
  /** The 68 iBUG points, in pixels of the image. */
  readonly landmarks: readonly Point[];
}

export interface MorphOptions {
  /** Share of the second face in the colours, 0 to 1. @default 0.5 */
  readonly alpha?: number | undefined;
  /** Share of the second face in the shape, 0 to 1. @default alpha */
  readonly shapeAlpha?: number | undefined;
  /** @default combined */
  readonly mode?: MorphMode | undefined;
}

/** A morph, in the frame and the size of the photograph that gives the background. */
export interface Morph {
  readonly image: RasterImage;
  /** The 68 points of the morph. */
  readonly landmarks: readonly Point[];
}

/**
 * Morphs two faces by their landmarks, with the first photograph as the background.
 *
 * 1. The second face is brought to the first by a similarity. The shape of the morph is
 *    (1 - shapeAlpha) first + shapeAlpha second; for `splicing` it is the first.
 * 2. Both photographs are warped to it, triangle by triangle (Delaunay triangles of the shape and of points on the border
 *    of the first photograph).
 * 3. Both are blended: (1 - alpha) first + alpha second. Unless the morph is `complete`, the colours of the second face
 *    first get the mean and the spread of the first, channel by channel.
 * 4. Unless the morph is `complete`, the face alone is pasted into the warped first photograph, without a seam
 *    (`pasteSeamlessly`), so hair, ears and clothes of the second leave no ghost.
 *
 * The modes are those of Scherhag et al., "Face recognition systems under morphing attacks: a survey", IEEE Access 7, 2019.
 *
 * @throws {Problem} where a share is outside of 0 to 1, or a face reaches over the border of its photograph
 */
export function morphFaces(
  cv: OpenCv,
  first: MorphedFace,
  second: MorphedFace,
  options: MorphOptions = {},
): Morph {
  const { alpha = 0.5, mode = 'combined' } = options;
  const shapeAlpha = mode === 'splicing' ? 0 : (options.shapeAlpha ?? alpha);
  checkShare('alpha', alpha);
  checkShare('shape alpha', options.shapeAlpha ?? alpha);
  checkInside('the first face', first);
  checkInside('the second face', second);

  const { width, height } = first.image;
  const toFirst = similarityTransform(second.landmarks, first.landmarks);
  const placed = second.landmarks.map((point) => transformPoint(toFirst, point));
  const shape = first.landmarks.map(([x, y], at): Point => [
    x + shapeAlpha * (placed[at][0] - x),
    y + shapeAlpha * (placed[at][1] - y),
  ]);
  const border = borderPoints(width, height);
  const mesh = triangleMesh([...shape, ...border], width, height);
  const background = warpImagePiecewise(mesh, [...first.landmarks, ...border], first.image).result;

  // A larger photograph is averaged down first, so that the bilinear samples do not miss its pixels.
  const toSecond = invertAffine(toFirst);
  const factor = Math.max(1, Math.floor(Math.hypot(toSecond[0], toSecond[3])));
  const points = [...second.landmarks, ...border.map((point) => transformPoint(toSecond, point))];
  const reduced = points.map(([x, y]): Point => [(x + 0.5) / factor - 0.5, (y + 0.5) / factor - 0.5]);
  const other = warpImagePiecewise(mesh, reduced, reducePhoto(second.image, factor)).result;

  if (mode === 'complete') return { image: blend(background, other, alpha), landmarks: shape };
  const mask = pasteMask(cv, shape, width, height);
  const face = blend(background, matchColours(other, background, mask), alpha);
  return { image: pasteSeamlessly(cv, face, background, mask), landmarks: shape };
}

function checkShare(what: string, share: number): void {
  if (share >= 0 && share <= 1) return;
  throw new Problem(`${what} ${share}`, 'the share of the second face is a number from 0 to 1');
}

function checkInside(what: string, { image, landmarks }: MorphedFace): void {
  if (landmarks.length !== 68) throw new RangeError(`A morph needs 68 landmarks, got ${landmarks.length}.`);
  const { width, height } = image;
  if (landmarks.every(([x, y]) => x > 0 && y > 0 && x < width - 1 && y < height - 1)) return;
  throw new Problem(what, 'reaches over the border of its photograph', 'use one with room around the face');
}

/** Eight points along each border of an image, corners included: they keep the frame where it is. */
function borderPoints(width: number, height: number): Point[] {
  const steps = 8;
  const [right, bottom] = [width - 1, height - 1];
  return Array.from({ length: steps }, (_, at) => at / steps).flatMap((share): Point[] => [
    [share * right, 0],
    [right, share * bottom],
    [(1 - share) * right, bottom],
    [0, (1 - share) * bottom],
  ]);
}

function blend(first: RasterImage, second: RasterImage, alpha: number): RasterImage {
  const data = first.data.map((sample, at) => Math.round(sample + alpha * (second.data[at] - sample)));
  return { ...first, data };
}
