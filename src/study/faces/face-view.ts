import { cropForCard } from '../../face/crop-for-card.js';
import { fivePoints } from '../../face/five-points.js';
import type { Face } from '../../face/face.js';
import type { AffineMatrix, Point } from '../../image/geometry.js';
import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { CardInput } from '../../model/card.js';
import { resizeToInput } from '../../model/resize-to-input.js';
import type { FaceFinder } from './face-finder.js';

/** What a model sees of a photograph, and where that lies in it. */
export interface FaceView {
  readonly image: RasterImage;
  /** From pixel centres of `image` to pixel centres of the photograph. */
  readonly toPhoto: AffineMatrix;
  readonly face?: Face;
}

/**
 * The view of a photograph that a model's card asks for, in the size of the model's input.
 * @throws {Problem} where the card needs a face and there is none.
 */
export async function faceView(
  cv: OpenCv,
  finder: FaceFinder,
  input: CardInput,
  photo: RasterImage,
): Promise<FaceView> {
  if (input.crop.kind === 'whole') {
    const { image, toPhoto } = cropForCard(cv, input, photo, undefined);
    return { image: resizeToInput(cv, input, image), toPhoto };
  }
  const { face } = await finder.one(photo);
  return viewOfFace(cv, input, photo, face, () => finder.landmarks(photo, face));
}

/**
 * The view of a face that was found already; see `faceView`.
 * @param landmarks its 68 points, asked for only where the card's crop needs them.
 */
export async function viewOfFace(
  cv: OpenCv,
  input: CardInput,
  photo: RasterImage,
  face: Face,
  landmarks: () => readonly Point[] | Promise<readonly Point[]>,
): Promise<FaceView> {
  const points =
    input.crop.kind === 'template' && face.points === undefined ? fivePoints(await landmarks()) : face.points;
  const { image, toPhoto } = cropForCard(cv, input, photo, points === undefined ? face : { ...face, points });
  return { image: resizeToInput(cv, input, image), toPhoto, face };
}

/** The photograph itself, for images that are what the model sees already. */
export function wholeView(photo: RasterImage): FaceView {
  return { image: photo, toPhoto: [1, 0, 0, 0, 1, 0] };
}
