import type { Runs } from './footprint-runs.js';

/** Values of occlusions brought into image coordinates. */
export interface CoverMean {
  readonly width: number;
  readonly height: number;
  /** `width * height` values in rows from the top; 0 where no occlusion with a value covers the pixel. */
  readonly data: Float32Array;
  /** How many occlusions with a value cover each pixel; tells a value of 0 from "never covered". */
  readonly cover: Uint32Array;
}

/**
 * Each pixel gets the mean of the values of the occlusions that cover it: the sum of value x mask divided by the cover
 * count (Zeiler and Fergus, ECCV 2014, section 2; normalised as Captum does). With the effects f(x) - f(occluded) as
 * values this is the occlusion map.
 *
 * @param footprints `footprintRuns` of each occlusion.
 * @param values one a footprint; NaN means that there is none, and the occlusion then covers nothing.
 */
export function coverMean(
  footprints: readonly Runs[],
  values: ArrayLike<number>,
  width: number,
  height: number,
): CoverMean {
  const sums = new Float64Array(width * height);
  const cover = new Uint32Array(width * height);
  footprints.forEach((runs, index) => {
    const value = values[index];
    if (Number.isNaN(value)) return;
    for (let i = 0; i < runs.length; i += 3) {
      const row = runs[i] * width;
      for (let at = row + runs[i + 1]; at < row + runs[i + 2]; at++) {
        sums[at] += value;
        cover[at]++;
      }
    }
  });
  const data = new Float32Array(width * height);
  for (let at = 0; at < data.length; at++) if (cover[at] > 0) data[at] = sums[at] / cover[at];
  return { width, height, data, cover };
}
