import type { Point } from './geometry.js';
import { imageFromMat, matFromImage, withMats } from './mats.js';
import type { OpenCv } from './opencv.js';
import type { RasterImage } from './raster-image.js';

/**
 * `cv.fillPoly` with one polygon: even-odd rule, the boundary's pixels included. Coordinates are truncated
 * towards zero to integers, as numpy's `astype(int32)` does, and may lie outside the image.
 * (OpenCV before 4.7 set a few pixels more where corners lie outside.)
 * Returns a new image; the given one stays as it is. Fewer than three points fill nothing.
 * @param colour one sample a channel
 */
export function fillPolygon(
  cv: OpenCv,
  image: RasterImage,
  polygon: readonly Point[],
  colour: readonly number[],
): RasterImage {
  if (polygon.length < 3) {
    return { ...image, data: image.data.slice() };
  }
  return withMats(cv, (own) => {
    const canvas = own(matFromImage(cv, image));
    const points = own(cv.matFromArray(polygon.length, 1, cv.CV_32SC2, polygon.flat().map(Math.trunc)));
    const contours = own(new cv.MatVector());
    contours.push_back(points);
    cv.fillPoly(canvas, contours, [...colour, 0, 0, 0].slice(0, 4));
    return imageFromMat(canvas);
  });
}
