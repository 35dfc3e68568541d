import { gaussianBlurMap } from '../../../image/gaussian-blur.js';
import type { OpenCv } from '../../../image/opencv.js';
import type { Tensor } from '../../../tensor/tensor.js';

/**
 * A mask with soft edges: blurred by a Gaussian cut off at 3x3 pixels and by one cut off at 5x5, as self-blending has it
 * (their order, which is random there, does not matter). In larger images both grow with `unit`.
 */
export function softenMask(
  cv: OpenCv,
  mask: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
  sigma: number,
  unit: number,
): Float32Array {
  const kernel = (reach: number) => 2 * Math.max(1, Math.round(reach * unit)) + 1;
  const blur = (map: Tensor, reach: number) => gaussianBlurMap(cv, map, sigma * unit, kernel(reach));
  return blur(blur({ data: mask, shape: [height, width] }, 1), 2).data;
}
