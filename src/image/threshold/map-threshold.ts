import { Problem } from '../../problem.js';
import type { Tensor } from '../../tensor/tensor.js';
import { thresholdMethods, type ThresholdName } from './methods.js';

/**
 * The threshold of a map by one of the methods of scikit-image. What is strictly above it is active.
 *
 * @param map of shape [height, width]
 * @returns one threshold, or one a pixel (`sauvola`); undefined for a constant map, which has no parts to tell apart.
 *   (scikit-image gives back the constant or fails, depending on the method.)
 * @throws Problem where the map holds NaN or infinite values
 */
export function mapThreshold(map: Tensor, method: ThresholdName): number | Float64Array | undefined {
  const { data } = map;
  if (!data.every(Number.isFinite)) {
    throw new Problem('map', 'holds values that are not finite, which no threshold can tell apart');
  }
  if (data.every((value) => value === data[0])) return undefined;
  return thresholdMethods[method].threshold(map);
}

/** 1 where the map is strictly above the threshold, else 0. */
export function maskAbove({ data }: Tensor, threshold: number | Float64Array): Uint8Array {
  return typeof threshold === 'number'
    ? Uint8Array.from(data, (value) => (value > threshold ? 1 : 0))
    : Uint8Array.from(data, (value, pixel) => (value > threshold[pixel] ? 1 : 0));
}
