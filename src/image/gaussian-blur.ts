import { imageFromMat, mapFromMat, matFromImage, matFromMap, withMats } from './mats.js';
import type { OpenCv } from './opencv.js';
import type { RasterImage } from './raster-image.js';
import type { Tensor } from '../tensor/tensor.js';

/**
 * `cv.GaussianBlur` with OpenCV's default border (mirrored without the border pixel).
 * @param sigma standard deviation in pixels; 0 takes OpenCV's from `kernel`: 0.3 ((kernel - 1) / 2 - 1) + 0.8
 * @param kernel odd width of the kernel in pixels; 0 takes OpenCV's from `sigma`: round(6 sigma + 1), made odd
 */
export function gaussianBlur(cv: OpenCv, image: RasterImage, sigma: number, kernel = 0): RasterImage {
  return withMats(cv, (own) => {
    const source = own(matFromImage(cv, image));
    const blurred = own(new cv.Mat());
    cv.GaussianBlur(source, blurred, new cv.Size(kernel, kernel), sigma, sigma);
    return imageFromMat(blurred);
  });
}

/** The same for a float32 map of shape [height, width]. */
export function gaussianBlurMap(cv: OpenCv, map: Tensor, sigma: number, kernel = 0): Tensor {
  return withMats(cv, (own) => {
    const source = own(matFromMap(cv, map));
    const blurred = own(new cv.Mat());
    cv.GaussianBlur(source, blurred, new cv.Size(kernel, kernel), sigma, sigma);
    return mapFromMat(blurred);
  });
}
