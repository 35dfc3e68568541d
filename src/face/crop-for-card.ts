import type { AffineMatrix, Box, Point } from '../image/geometry.js';
import type { OpenCv } from '../image/opencv.js';
import type { RasterImage } from '../image/raster-image.js';
import type { CardInput } from '../model/card.js';
import { Problem } from '../problem.js';
import { alignFace } from './align-face.js';
import { cropBox } from './crop-box.js';
import type { Face } from './face.js';
import { fivePoints } from './five-points.js';
import { invertAffine } from './invert-affine.js';

/** The part of a photograph that a network wants to see. */
export interface FaceCrop {
  /** Template crops have the network's size already; `whole` and `box` crops are left to be resized. */
  readonly image: RasterImage;
  /** Takes pixels of the network's input (after the resize) to pixels of the photograph. */
  readonly toPhoto: AffineMatrix;
}

export interface CropOptions {
  /** The 68 iBUG points of the face; where given, template crops use them instead of the detector's five. */
  readonly landmarks?: readonly Point[] | undefined;
}

/**
 * Cuts out of a photograph what a card's `crop` says (src/model/card.ts): the whole image, the enlarged box, or the
 * face aligned to a template.
 *
 * @param face may be left out for `whole`
 * @throws Problem where the crop needs a face or points that are not there, or lies outside the photograph.
 */
export function cropForCard(
  cv: OpenCv,
  input: CardInput,
  photo: RasterImage,
  face: Face | undefined,
  options: CropOptions = {},
): FaceCrop {
  const { crop } = input;
  if (crop.kind === 'whole') {
    const whole = { x: 0, y: 0, width: photo.width, height: photo.height };
    return { image: photo, toPhoto: resizedBoxToPhoto(whole, input) };
  }
  if (face === undefined)
    throw new Problem('face', `the card crops by ${crop.kind}, which needs a detected face`);
  if (crop.kind === 'template') {
    const points = options.landmarks === undefined ? face.points : fivePoints(options.landmarks);
    if (points === undefined) {
      throw new Problem(
        'face',
        'the card aligns to five points, which this detector does not find',
        'use the MTCNN detector or a landmark model',
      );
    }
    if (input.width === null || input.height === null) {
      throw new Problem('card', 'a template crop needs the width and the height of the input');
    }
    const { image, matrix } = alignFace(cv, photo, points, input.width, input.height);
    return { image, toPhoto: invertAffine(matrix) };
  }
  const box = enlargedBox(face.box, crop, photo);
  const border = crop.border === 'shift' || crop.border === 'clip' ? 'black' : crop.border;
  return { image: cropBox(photo, box, border), toPhoto: resizedBoxToPhoto(box, input) };
}

/** The box that the card's crop cuts out: whole pixels, at least one. */
function enlargedBox(box: Box, crop: Extract<CardInput['crop'], { kind: 'box' }>, photo: RasterImage): Box {
  const longer = Math.max(box.width, box.height);
  let width = (crop.square ? longer : box.width) * crop.scale;
  let height = (crop.square ? longer : box.height) * crop.scale;
  if (crop.border === 'shift') {
    // What cannot be moved inside because it is larger than the photograph is shrunk, keeping its shape.
    const fit = Math.min(1, photo.width / width, photo.height / height);
    width *= fit;
    height *= fit;
  }
  const wide = Math.max(1, Math.round(width));
  const high = Math.max(1, Math.round(height));
  const left = Math.round(box.x + box.width / 2 - width / 2);
  const top = Math.round(box.y + box.height / 2 - height / 2);
  if (crop.border === 'shift') {
    return {
      x: Math.min(Math.max(left, 0), photo.width - wide),
      y: Math.min(Math.max(top, 0), photo.height - high),
      width: wide,
      height: high,
    };
  }
  const inside = {
    x: Math.max(left, 0),
    y: Math.max(top, 0),
    width: Math.min(left + wide, photo.width) - Math.max(left, 0),
    height: Math.min(top + high, photo.height) - Math.max(top, 0),
  };
  if (inside.width < 1 || inside.height < 1) {
    throw new Problem('face', 'its enlarged box lies outside the photograph');
  }
  return crop.border === 'clip' ? inside : { x: left, y: top, width: wide, height: high };
}

/** From pixel centres of a box that is resized to the network's input to pixel centres of the photograph. */
function resizedBoxToPhoto(box: Box, input: CardInput): AffineMatrix {
  const scaleX = box.width / (input.width ?? box.width);
  const scaleY = box.height / (input.height ?? box.height);
  return [scaleX, 0, box.x + scaleX / 2 - 0.5, 0, scaleY, box.y + scaleY / 2 - 0.5];
}
