import { invertAffine } from '../../../face/invert-affine.js';
import type { Face } from '../../../face/face.js';
import { meshRegions } from '../../../face/mesh/mesh-regions.js';
import { regionBoxes } from '../../../face/region-boxes.js';
import type { FaceRegion } from '../../../face/regions.js';
import { transformPoint } from '../../../face/transform-point.js';
import type { Point } from '../../../image/geometry.js';
import type { RasterImage } from '../../../image/raster-image.js';
import type { NamedBox } from '../../../measure/localisation/assign-boxes.js';
import { Problem } from '../../../problem.js';
import type { FaceFinder } from '../../faces/face-finder.js';
import type { FaceView } from '../../faces/face-view.js';
import type { Shortfall } from './image-outcome.js';

/** What the regions of a face are made of: the 468 points of a mesh, or the 68 landmarks. */
export const regionKinds = ['mesh', '68'] as const;
export type RegionKind = (typeof regionKinds)[number];

/** Where the parts of a face lie in what a model sees. */
export interface FaceParts {
  /** The 68 landmarks in pixels of the view; undefined where no face was found. */
  readonly landmarks: readonly Point[] | undefined;
  /** The boxes of the regions in pixels of the view; empty where they were not found. */
  readonly regions: readonly NamedBox[];
  readonly shortfall: Shortfall | undefined;
  readonly notes: readonly string[];
}

/**
 * The parts of the face that a view shows. A face that is not found leaves a note; anything else that fails is thrown.
 *
 * @param compat `upstream`: the eight regions of the published notebook, in whole pixels.
 */
export async function findFaceParts(
  finder: FaceFinder,
  photo: RasterImage,
  view: FaceView,
  kind: RegionKind,
  compat: 'upstream' | undefined,
): Promise<FaceParts> {
  const missing = (error: unknown, shortfall: Shortfall) => {
    if (!(error instanceof Problem)) throw error;
    return { regions: [], shortfall, notes: [`${error.message}, so it has no regions`] };
  };
  let face: Face;
  try {
    face = view.face ?? (await finder.one(photo)).face;
  } catch (error) {
    return { landmarks: undefined, ...missing(error, 'no face') };
  }
  const toView = invertAffine(view.toPhoto);
  const placed = (points: readonly Point[]) => points.map((point) => transformPoint(toView, point));
  const landmarks = placed(await finder.landmarks(photo, face));
  try {
    const points = kind === 'mesh' ? placed(await finder.mesh(photo, face)) : landmarks;
    const regions = regionBoxes(points, { compat }).filter(({ name }) => isUsed(name, compat));
    return { landmarks, regions, shortfall: undefined, notes: [] };
  } catch (error) {
    return { landmarks, ...missing(error, 'no mesh') };
  }
}

/** The box of the jaw, a band along the contour, would hold the whole face. The notebook has the first eight alone. */
function isUsed(name: FaceRegion, compat: 'upstream' | undefined): boolean {
  if (name === 'jaw') return false;
  return compat === undefined || meshRegions.slice(0, 8).some((region) => region === name);
}
