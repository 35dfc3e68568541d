import type { OpenCv } from './opencv.js';
import { type RasterImage } from './raster-image.js';
import type { Tensor } from '../tensor/tensor.js';

/** An OpenCV matrix, in WebAssembly memory. */
export type Mat = InstanceType<OpenCv['Mat']>;

/** Hands an OpenCV object to the enclosing `withMats`, which deletes it at the end. */
export type Own = <Owned extends { delete(): void }>(object: Owned) => Owned;

/**
 * Runs `compute` and deletes every OpenCV object that it passed to `own`, also when it throws: WebAssembly
 * memory is not garbage collected. OpenCV throws the address of an exception; here it becomes an `Error`
 * with OpenCV's message.
 */
export function withMats<Result>(cv: OpenCv, compute: (own: Own) => Result): Result {
  const owned: { delete(): void }[] = [];
  try {
    return compute((object) => {
      owned.push(object);
      return object;
    });
  } catch (error) {
    if (typeof error === 'number') {
      const { msg } = cv.exceptionFromPtr(error) as { msg: string };
      throw new Error(msg.trim(), { cause: error });
    }
    throw error;
  } finally {
    for (const object of owned) {
      object.delete();
    }
  }
}

/** Copies an image into a matrix of type CV_8UC1 or CV_8UC3; the channel order stays R, G, B. */
export function matFromImage(cv: OpenCv, image: RasterImage): Mat {
  const mat = new cv.Mat(image.height, image.width, image.channels === 1 ? cv.CV_8UC1 : cv.CV_8UC3);
  mat.data.set(image.data);
  return mat;
}

/** Copies a CV_8UC1 or CV_8UC3 matrix out of WebAssembly memory. */
export function imageFromMat(mat: Mat): RasterImage {
  const channels = mat.channels() === 1 ? 1 : 3;
  return { width: mat.cols, height: mat.rows, channels, data: new Uint8Array(mat.data) };
}

/** Copies a map of shape [height, width] into a matrix of type CV_32FC1. */
export function matFromMap(cv: OpenCv, map: Tensor): Mat {
  const [height, width] = map.shape as [number, number];
  const mat = new cv.Mat(height, width, cv.CV_32FC1);
  mat.data32F.set(map.data);
  return mat;
}

/** Copies a CV_32FC1 matrix out of WebAssembly memory, as a tensor of shape [rows, cols]. */
export function mapFromMat(mat: Mat): Tensor {
  return { data: new Float32Array(mat.data32F), shape: [mat.rows, mat.cols] };
}
