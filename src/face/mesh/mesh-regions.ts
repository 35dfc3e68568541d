import type { Point } from '../../image/geometry.js';
import { convexHull } from '../convex-hull.js';
import type { FaceRegion } from '../regions.js';

/** The regions that are known by points of the mesh: all of the face's but the jaw. */
export type MeshRegion = Exclude<FaceRegion, 'jaw'>;

/**
 * The points of each region, as indices into the 468 of MediaPipe's face mesh. The first eight are those of the notebook of BiasX, in its
 * order, chin and forehead those of its library (systems.md 4.3). Its name for `mouth` is `lips`. Left and right are the
 * subject's.
 */
const indices: Readonly<Record<MeshRegion, readonly number[]>> = {
  left_eye: [249, 263, 362, 373, 374, 380, 381, 382, 384, 385, 386, 387, 388, 390, 398, 466],
  right_eye: [7, 33, 133, 144, 145, 153, 154, 155, 157, 158, 159, 160, 161, 163, 173, 246],
  nose: [
    1, 2, 4, 5, 6, 19, 45, 48, 64, 94, 97, 98, 115, 168, 195, 197, 220, 275, 278, 294, 326, 327, 344, 440,
  ],
  mouth: [
    0, 13, 14, 17, 37, 39, 40, 61, 78, 80, 81, 82, 84, 87, 88, 91, 95, 146, 178, 181, 185, 191, 267, 269, 270,
    291, 308, 310, 311, 312, 314, 317, 318, 321, 324, 375, 402, 405, 409, 415,
  ],
  left_cheek: [
    454, 447, 345, 346, 347, 330, 425, 427, 434, 416, 435, 288, 361, 323, 280, 352, 366, 411, 376, 401, 433,
  ],
  right_cheek: [
    234, 227, 116, 117, 118, 101, 205, 207, 214, 192, 215, 58, 132, 93, 127, 50, 123, 137, 177, 147, 187, 213,
  ],
  left_eyebrow: [276, 282, 283, 285, 293, 295, 296, 300, 334, 336],
  right_eyebrow: [46, 52, 53, 55, 63, 65, 66, 70, 105, 107],
  chin: [
    202, 210, 169, 150, 149, 176, 148, 152, 377, 400, 378, 379, 394, 430, 422, 211, 32, 208, 199, 428, 262,
    431, 170, 140, 171, 175, 396, 369, 395,
  ],
  forehead: [54, 71, 68, 104, 69, 109, 151, 337, 299, 333, 298, 301, 284, 332, 297, 338, 10, 67, 103],
};

export const meshRegions = Object.keys(indices) as readonly MeshRegion[];

/**
 * The points of a region.
 *
 * @param mesh the 468 points
 */
export function meshRegionPoints(name: MeshRegion, mesh: readonly Point[]): Point[] {
  if (mesh.length !== 468) throw new RangeError(`Regions of the mesh need 468 points, got ${mesh.length}`);
  return indices[name].map((index) => mesh[index]);
}

/**
 * The convex hull of each region's points.
 *
 * @param mesh the 468 points
 */
export function meshRegionPolygons(mesh: readonly Point[]): Record<MeshRegion, Point[]> {
  return Object.fromEntries(
    meshRegions.map((name) => [name, convexHull(meshRegionPoints(name, mesh))]),
  ) as Record<MeshRegion, Point[]>;
}
