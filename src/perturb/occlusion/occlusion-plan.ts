import type { RegionName } from '../../face/regions.js';
import { type UpstreamRegion, upstreamRegions } from '../../face/upstream-regions.js';
import type { Point } from '../../image/geometry.js';
import { Problem } from '../../problem.js';
import { gridCells } from './grid-cells.js';
import type { Occlusion } from './occlusion.js';
import { regionOcclusions, type RegionOcclusions, upstreamRegionOcclusions } from './region-occlusions.js';
import { type Extent, slidingWindows } from './sliding-windows.js';

/** Which places of an image are to be hidden one after the other. A plain object, so it is its own record. */
export type OcclusionPlan =
  | { readonly kind: 'grid'; readonly rows: number; readonly columns: number }
  | { readonly kind: 'windows'; readonly window: Extent; readonly stride: Extent }
  | {
      readonly kind: 'regions';
      readonly names: readonly RegionName[];
      /** The 68 iBUG points, in pixels of the image. */
      readonly landmarks: readonly Point[];
      readonly precision: 'pixel' | 'bbox';
      readonly scale: number;
      /** `upstream`: the outlines of the published Python tool, which has left_eye, right_eye, nose and mouth only. */
      readonly compat?: 'upstream' | undefined;
    }
  | { readonly kind: 'given'; readonly occlusions: readonly Occlusion[] };

/**
 * The occlusions of a plan in an image of the given size, and the regions that have no pixel in it.
 *
 * @throws Problem where the plan does not fit the image.
 */
export function planOcclusions(plan: OcclusionPlan, width: number, height: number): RegionOcclusions {
  switch (plan.kind) {
    case 'grid':
      return { occlusions: gridCells(width, height, plan.rows, plan.columns), empty: [] };
    case 'windows':
      return { occlusions: slidingWindows(width, height, plan.window, plan.stride), empty: [] };
    case 'regions': {
      const options = { width, height, precision: plan.precision, scale: plan.scale };
      return plan.compat === 'upstream'
        ? upstreamRegionOcclusions(plan.landmarks, plan.names.map(upstreamRegion), options)
        : regionOcclusions(plan.landmarks, plan.names, options);
    }
    case 'given':
      return { occlusions: plan.occlusions, empty: [] };
  }
}

function upstreamRegion(name: RegionName): UpstreamRegion {
  const region = upstreamRegions.find((known) => known === name);
  if (region === undefined) {
    throw new Problem(
      `region ${name}`,
      'not one that the published tool hides',
      `use ${upstreamRegions.join(', ')}, or leave --compat upstream out`,
    );
  }
  return region;
}
