import { cropForCard } from '../../face/crop-for-card.js';
import { fivePoints } from '../../face/five-points.js';
import type { Face } from '../../face/face.js';
import type { AffineMatrix } from '../../image/geometry.js';
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
  const points =
    input.crop.kind === 'template' && face.points === undefined
      ? fivePoints(await finder.landmarks(photo, face))
      : face.points;
  const { image, toPhoto } = cropForCard(cv, input, photo, points === undefined ? face : { ...face, points });
  return { image: resizeToInput(cv, input, image), toPhoto, face };
}

/** The photograph itself, for images that are what the model sees already. */
export function wholeView(photo: RasterImage): FaceView {
  return { image: photo, toPhoto: [1, 0, 0, 0, 1, 0] };
}
