import type { OpenCv } from '../../../src/image/opencv.js';
import { coverMean } from '../../../src/perturb/occlusion/cover-mean.js';
import { footprintRuns } from '../../../src/perturb/occlusion/footprint-runs.js';
import type { Occlusion } from '../../../src/perturb/occlusion/occlusion.js';

/** For every pixel of an image, by how many of the occlusions it is hidden. */
export function coverOf(
  cv: OpenCv,
  occlusions: readonly Occlusion[],
  width: number,
  height: number,
): Uint32Array {
  const footprints = occlusions.map(({ footprint }) => footprintRuns(cv, footprint, width, height));
  return coverMean(footprints, new Float64Array(occlusions.length), width, height).cover;
}
