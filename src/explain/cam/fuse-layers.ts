import type { OpenCv } from '../../image/opencv.js';
import { Problem } from '../../problem.js';
import { isFinite } from '../is-finite.js';
import { type Alignment, enlarge } from './enlarge.js';

/** The map of one layer. */
export interface LayerMap {
  readonly layer: string;
  readonly width: number;
  readonly height: number;
  /** Signed; without its negative values where the ReLU was asked for. */
  readonly data: Float32Array;
}

/**
 * One map in image coordinates. That of a single layer keeps its values. Those of several are divided by their largest
 * absolute values, so that 0 stays 0 and each counts alike, and averaged; a layer that is 0 everywhere counts as 0.
 */
export function fuseLayers(
  cv: OpenCv,
  maps: readonly LayerMap[],
  { width, height }: { readonly width: number; readonly height: number },
  alignment: Alignment,
): Float32Array {
  const enlarged = maps.map(({ data, width: columns, height: rows }) =>
    enlarge(cv, { data, shape: [rows, columns] }, width, height, alignment),
  );
  if (enlarged.length === 1) return enlarged[0];
  const fused = new Float32Array(width * height);
  for (const map of enlarged) {
    const largest = map.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (largest === 0) continue;
    for (let pixel = 0; pixel < fused.length; pixel++) fused[pixel] += map[pixel] / largest / enlarged.length;
  }
  return fused;
}

/**
 * The values of a layer's map as they are kept.
 * @throws Problem where they are too large for single precision.
 */
export function layerMap(
  layer: string,
  { width, height }: { readonly width: number; readonly height: number },
  values: Float64Array,
  relu: boolean,
): LayerMap {
  const data = Float32Array.from(values, (value) => (relu ? Math.max(0, value) : value));
  if (!isFinite(data)) {
    throw new Problem(
      `layer ${layer}`,
      'its map is too large for single precision',
      'explain another layer or target',
    );
  }
  return { layer, width, height, data };
}
