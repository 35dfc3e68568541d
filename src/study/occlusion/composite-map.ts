import type { CoverMean } from '../../perturb/occlusion/cover-mean.js';

/**
 * The composite of a grid map and a region map, pixel by pixel: half of each where a region was hidden, the grid alone
 * elsewhere (systems.md 0.3). Both hold the mean of the values that cover a pixel, so a pixel counts as covered by
 * what was hidden there and not by its value: a score of exactly 0 stays in.
 *
 * @returns `width * height` values; NaN where no grid cell with a value covers the pixel.
 */
export function compositeMap(grid: CoverMean, regions: CoverMean): Float32Array {
  return grid.data.map((value, at) => {
    if (grid.cover[at] === 0) return Number.NaN;
    return regions.cover[at] === 0 ? value : 0.5 * value + 0.5 * regions.data[at];
  });
}
