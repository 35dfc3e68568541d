import type { AffineMatrix } from './geometry.js';
import { imageFromMat, matFromImage, withMats } from './mats.js';
import type { OpenCv } from './opencv.js';
import type { RasterImage } from './raster-image.js';
import { interpolationFlag, type Interpolation } from './resize.js';

export interface WarpAffineOptions {
  /** @default 'linear' ('area' is not defined for warping) */
  readonly interpolation?: Exclude<Interpolation, 'area'>;
  /**
   * What lies outside the source: a constant colour, the nearest border pixel, or the mirrored image
   * without repeating the border pixel (`BORDER_REFLECT_101`).
   * @default 'constant'
   */
  readonly border?: 'constant' | 'replicate' | 'reflect101';
  /** The constant colour, one sample a channel. @default black */
  readonly colour?: readonly number[];
}

/**
 * `cv.warpAffine`: `matrix` maps points of the source to points of the result, which is `width` x `height`.
 * (OpenCV inverts it inside and samples the source at the inverse of each pixel.)
 */
export function warpAffine(
  cv: OpenCv,
  image: RasterImage,
  matrix: AffineMatrix,
  width: number,
  height: number,
  options: WarpAffineOptions = {},
): RasterImage {
  const { interpolation = 'linear', border = 'constant', colour = [0, 0, 0] } = options;
  const borders = {
    constant: cv.BORDER_CONSTANT as number,
    replicate: cv.BORDER_REPLICATE as number,
    reflect101: cv.BORDER_REFLECT_101 as number,
  };
  return withMats(cv, (own) => {
    const source = own(matFromImage(cv, image));
    const transform = own(cv.matFromArray(2, 3, cv.CV_64FC1, [...matrix]));
    const warped = own(new cv.Mat());
    cv.warpAffine(
      source,
      warped,
      transform,
      new cv.Size(width, height),
      interpolationFlag(cv, interpolation),
      borders[border],
      [...colour, 0, 0, 0].slice(0, 4),
    );
    return imageFromMat(warped);
  });
}
