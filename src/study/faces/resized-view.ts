import type { OpenCv } from '../../image/opencv.js';
import type { CardInput } from '../../model/card.js';
import { resizeToInput } from '../../model/resize-to-input.js';
import type { FaceView } from './face-view.js';

/** A view in the size of the network's input; the same view where it has that size. */
export function resizedView(cv: OpenCv, input: CardInput, view: FaceView): FaceView {
  const image = resizeToInput(cv, input, view.image);
  if (image === view.image) return view;
  const [x, y] = [view.image.width / image.width, view.image.height / image.height];
  // Whole numbers name pixel centres.
  const [left, top] = [(x - 1) / 2, (y - 1) / 2];
  const [a, b, c, d, e, f] = view.toPhoto;
  return {
    ...view,
    image,
    toPhoto: [a * x, b * y, a * left + b * top + c, d * x, e * y, d * left + e * top + f],
  };
}
