import type { Point } from '../image/geometry.js';
import type { FivePoints } from './face.js';

/** InsightFace's `arcface_dst` (python-package/insightface/utils/face_align.py), in pixels of a 112x112 crop. */
const template: FivePoints = {
  rightEye: [38.2946, 51.6963],
  leftEye: [73.5318, 51.5014],
  nose: [56.0252, 71.7366],
  mouthRight: [41.5493, 92.3655],
  mouthLeft: [70.7299, 92.2041],
};
const SIDE = 112;
/** InsightFace keeps the face's size in a crop of 128 and puts 8 columns to each side of it. */
const WIDE_SIDE = 128;

/**
 * Where the five points lie in an ArcFace crop of the given size: the template scaled by side / 112; for multiples of
 * 128 that are no multiples of 112 scaled by side / 128 and moved 8 * side / 128 to the right, as InsightFace does.
 * A crop that is not square takes its scale from its height and keeps the face in the middle of its width, which gives
 * the older 96x112 template.
 */
export function arcfaceTemplate(width: number, height: number): FivePoints {
  const wide = height % SIDE !== 0 && height % WIDE_SIDE === 0;
  const scale = height / (wide ? WIDE_SIDE : SIDE);
  const shift = (width - SIDE * scale) / 2;
  const place = ([x, y]: Point): Point => [x * scale + shift, y * scale];
  return {
    leftEye: place(template.leftEye),
    rightEye: place(template.rightEye),
    nose: place(template.nose),
    mouthLeft: place(template.mouthLeft),
    mouthRight: place(template.mouthRight),
  };
}
