import type { Tensor } from '../tensor/tensor.js';
import type { Point } from './geometry.js';
import type { RasterImage } from './raster-image.js';
import type { TriangleMesh } from './triangle-mesh.js';

/** A warped picture, and how much of it the source does not show. */
export interface PiecewiseWarp<Picture> {
  readonly result: Picture;
  /** The share of its pixels, 0..1, that lie outside of the source. */
  readonly outside: number;
}

/**
 * A piecewise-affine warp of an image: every triangle of the mesh is filled from the triangle of the same three points in
 * the source, by the inverse map and bilinear interpolation, rounding half up. Every pixel is set: a triangle that is
 * flipped or has no area in the source is filled with what lies there, and outside of the image its border is repeated.
 *
 * @param points where the points of the mesh lie in `image`, in its pixels.
 * @throws RangeError where their number is not that of the mesh, or a coordinate is not finite
 */
export function warpImagePiecewise(
  mesh: TriangleMesh,
  points: readonly Point[],
  image: RasterImage,
): PiecewiseWarp<RasterImage> {
  const { width, height } = mesh;
  const { channels } = image;
  const data = new Uint8Array(width * height * channels);
  const outside = warp(mesh, points, image, channels, image.data, data, 'image');
  return { result: { width, height, channels, data }, outside };
}

/**
 * The same for a map of shape [height, width], in float32 and without rounding. Outside of the map the result is 0: of
 * what a model did not see, it has no evidence.
 */
export function warpMapPiecewise(
  mesh: TriangleMesh,
  points: readonly Point[],
  map: Tensor,
): PiecewiseWarp<Tensor> {
  const { width, height } = mesh;
  const [mapHeight, mapWidth] = map.shape;
  const data = new Float32Array(width * height);
  const outside = warp(mesh, points, { width: mapWidth, height: mapHeight }, 1, map.data, data, 'map');
  return { result: { data, shape: [height, width] }, outside };
}

/** Fills `target` and gives the share of its pixels that lie outside of the source. */
function warp<Samples extends Uint8Array | Float32Array>(
  mesh: TriangleMesh,
  points: readonly Point[],
  { width, height }: { readonly width: number; readonly height: number },
  channels: number,
  source: Samples,
  target: Samples,
  kind: 'image' | 'map',
): number {
  const matrices = inverseMatrices(mesh, points);
  const { triangleAt } = mesh;
  const roundUp = kind === 'image' ? 0.5 : 0;
  let outside = 0;
  for (let targetY = 0, at = 0; targetY < mesh.height; targetY++) {
    for (let targetX = 0; targetX < mesh.width; targetX++, at++) {
      const matrix = 6 * triangleAt[at];
      const x = matrices[matrix] * targetX + matrices[matrix + 1] * targetY + matrices[matrix + 2];
      const y = matrices[matrix + 3] * targetX + matrices[matrix + 4] * targetY + matrices[matrix + 5];
      if (!(x >= -0.5 && x <= width - 0.5 && y >= -0.5 && y <= height - 0.5)) {
        outside++;
        if (kind === 'map') continue;
      }
      const heldX = Math.min(Math.max(x, 0), width - 1);
      const heldY = Math.min(Math.max(y, 0), height - 1);
      const left = Math.floor(heldX);
      const top = Math.floor(heldY);
      const dx = heldX - left;
      const dy = heldY - top;
      const right = left + 1 < width ? channels : 0;
      const below = top + 1 < height ? width * channels : 0;
      for (let channel = 0; channel < channels; channel++) {
        const from = (top * width + left) * channels + channel;
        const upper = source[from] + dx * (source[from + right] - source[from]);
        const lower = source[from + below] + dx * (source[from + below + right] - source[from + below]);
        target[at * channels + channel] = upper + dy * (lower - upper) + roundUp;
      }
    }
  }
  return outside / triangleAt.length;
}

/** For each triangle of the mesh, the affine matrix from its pixels to those of the source: 6 numbers a triangle. */
function inverseMatrices(mesh: TriangleMesh, points: readonly Point[]): Float64Array {
  if (points.length !== mesh.points.length) {
    throw new RangeError(`The mesh has ${mesh.points.length} points, not ${points.length}.`);
  }
  if (!points.flat().every(Number.isFinite)) throw new RangeError('A point of the source is not finite.');
  const { triangles } = mesh;
  const matrices = new Float64Array(triangles.length * 2);
  for (let corner = 0; corner < triangles.length; corner += 3) {
    const [a, b, c] = [...triangles.subarray(corner, corner + 3)];
    const [[ax, ay], [bx, by], [cx, cy]] = [mesh.points[a], mesh.points[b], mesh.points[c]];
    const determinant = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
    for (const axis of [0, 1] as const) {
      const [atA, atB, atC] = [points[a][axis], points[b][axis], points[c][axis]];
      const alongX = ((atB - atA) * (cy - ay) - (atC - atA) * (by - ay)) / determinant;
      const alongY = ((atC - atA) * (bx - ax) - (atB - atA) * (cx - ax)) / determinant;
      matrices.set([alongX, alongY, atA - alongX * ax - alongY * ay], corner * 2 + axis * 3);
    }
  }
  return matrices;
}
