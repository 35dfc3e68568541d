import type { Tensor } from '../tensor/tensor.js';
import { imageFromMat, mapFromMat, matFromImage, matFromMap, withMats, type Mat } from './mats.js';
import type { OpenCv } from './opencv.js';
import type { RasterImage } from './raster-image.js';

/** How the samples of a resized or warped image are interpolated; the names and results are OpenCV's. */
export type Interpolation = 'nearest' | 'linear' | 'cubic' | 'area' | 'lanczos4';

/** OpenCV's number (`cv.INTER_*`) for an interpolation. */
export function interpolationFlag(cv: OpenCv, interpolation: Interpolation): number {
  const flags = {
    nearest: cv.INTER_NEAREST as number,
    linear: cv.INTER_LINEAR as number,
    cubic: cv.INTER_CUBIC as number,
    area: cv.INTER_AREA as number,
    lanczos4: cv.INTER_LANCZOS4 as number,
  };
  return flags[interpolation];
}

/** `cv.resize` of an image to `width` x `height` pixels. */
export function resize(
  cv: OpenCv,
  image: RasterImage,
  width: number,
  height: number,
  interpolation: Interpolation = 'linear',
): RasterImage {
  return withMats(cv, (own) =>
    imageFromMat(own(resizeMat(cv, own(matFromImage(cv, image)), width, height, interpolation))),
  );
}

/** `cv.resize` of a float32 map of shape [height, width]; the result has the shape [height, width] asked for. */
export function resizeMap(
  cv: OpenCv,
  map: Tensor,
  width: number,
  height: number,
  interpolation: Interpolation = 'linear',
): Tensor {
  return withMats(cv, (own) =>
    mapFromMat(own(resizeMat(cv, own(matFromMap(cv, map)), width, height, interpolation))),
  );
}

function resizeMat(
  cv: OpenCv,
  source: Mat,
  width: number,
  height: number,
  interpolation: Interpolation,
): Mat {
  const resized = new cv.Mat();
  cv.resize(source, resized, new cv.Size(width, height), 0, 0, interpolationFlag(cv, interpolation));
  return resized;
}
