import { invertAffine } from '../../face/invert-affine.js';
import { transformPoint } from '../../face/transform-point.js';
import type { Point } from '../../image/geometry.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { FaceFinder } from './face-finder.js';
import type { FaceView } from './face-view.js';

/**
 * The 68 landmarks of a photograph's face, in pixels of what the model sees of it.
 * @param view its face is looked for where it has none.
 * @throws {Problem} where there is no face.
 */
export async function landmarksInView(
  finder: FaceFinder,
  photo: RasterImage,
  { toPhoto, face }: Pick<FaceView, 'toPhoto' | 'face'>,
): Promise<Point[]> {
  const found = face ?? (await finder.one(photo)).face;
  const toView = invertAffine(toPhoto);
  return (await finder.landmarks(photo, found)).map((point) => transformPoint(toView, point));
}
