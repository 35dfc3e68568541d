import { cropBox } from '../../../face/crop-box.js';
import type { Box, Point } from '../../../image/geometry.js';
import type { OpenCv } from '../../../image/opencv.js';
import type { RasterImage } from '../../../image/raster-image.js';
import { fitSize } from '../../crop/fit-size.js';

/** What becomes of morphs and bona fide images alike before they are written. */
export interface Finish {
  /** Room around the landmarks on each side, as a share of their larger extent; the whole photograph where left out. */
  readonly margin?: number | undefined;
  readonly size?: { readonly width: number; readonly height: number } | undefined;
}

/** The image cut to a square about its face, as far as there is image, and resized. */
export function finishImage(
  cv: OpenCv,
  image: RasterImage,
  landmarks: readonly Point[],
  { margin, size }: Finish,
): RasterImage {
  const cut = margin === undefined ? image : cropBox(image, squareAbout(landmarks, margin, image), 'black');
  return fitSize(cv, cut, size);
}

/** Moved inside the image where it reaches over its border, and shrunk where it is larger. */
function squareAbout(landmarks: readonly Point[], margin: number, { width, height }: RasterImage): Box {
  const xs = landmarks.map(([x]) => x);
  const ys = landmarks.map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const wanted = Math.round(Math.max(right - left, bottom - top) * (1 + 2 * margin));
  const side = Math.max(1, Math.min(wanted, width, height));
  const place = (middle: number, length: number) =>
    Math.min(Math.max(Math.round(middle - side / 2), 0), length - side);
  return {
    x: place((left + right) / 2, width),
    y: place((top + bottom) / 2, height),
    width: side,
    height: side,
  };
}
