import type { OpenCv } from '../../image/opencv.js';
import { resizeMap } from '../../image/resize.js';
import { zoomMap } from '../../image/zoom-map.js';
import type { Tensor } from '../../tensor/tensor.js';

/**
 * How a map of a layer is enlarged to the image, bilinearly either way.
 * - `borders`: the borders of the layer lie on those of the image (half-pixel centres), as everywhere in this program.
 * - `corners`: the centres of the corner pixels do, as tf-keras-vis has it.
 */
export type Alignment = 'borders' | 'corners';

/** A map of shape [height, width] at another size. */
export function enlarge(
  cv: OpenCv,
  map: Tensor,
  width: number,
  height: number,
  alignment: Alignment,
): Float32Array {
  return (alignment === 'borders' ? resizeMap(cv, map, width, height) : zoomMap(map, width, height)).data;
}
