import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { LayerActivations } from './layer.js';

/**
 * Eigen-CAM (Muhammad and Yeasin, IJCNN 2020), with centred channels as pytorch-grad-cam has it: the layer's pixels, each a
 * point with one coordinate a channel, projected on their first principal component. It asks neither the target nor the rest of the
 * network.
 *
 * A component has no sign of its own: ours is the one in which the map rises with the sum of the channels, or else the
 * one in which its value of the largest size (of equals, the first) is positive. A layer that is the same everywhere gives 0.
 */
export function eigenCam(layer: LayerActivations): Float64Array {
  const { channels, width, height, activations } = layer;
  const pixels = width * height;
  const points = new Matrix(channels, pixels);
  for (let channel = 0, at = 0; channel < channels; channel++) {
    const end = at + pixels;
    const own = activations.subarray(at, end);
    const mean = own.reduce((sum, value) => sum + value, 0) / pixels;
    for (let pixel = 0; pixel < pixels; pixel++, at++) points.set(channel, pixel, activations[at] - mean);
  }
  // The projections are the first right singular vector times its singular value; the smaller product has either.
  const wide = channels < pixels;
  const product = wide ? points.mmul(points.transpose()) : points.transpose().mmul(points);
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(product, {
    assumeSymmetric: true,
  });
  const first = realEigenvalues.indexOf(Math.max(...realEigenvalues));
  const vector = eigenvectorMatrix.getColumnVector(first);
  const map = wide
    ? Float64Array.from(vector.transpose().mmul(points).getRow(0))
    : Float64Array.from(
        vector.getColumn(0),
        (value) => value * Math.sqrt(Math.max(0, realEigenvalues[first])),
      );
  const sign = signOf(map, points);
  return map.map((value) => value * sign);
}

function signOf(map: Float64Array, points: Matrix): number {
  const sums = points.sum('column');
  const agreement = map.reduce((sum, value, pixel) => sum + value * sums[pixel], 0);
  // Rounding leaves something of what cancels.
  const scale = Math.hypot(...map) * Math.hypot(...sums);
  if (Math.abs(agreement) > 1e-9 * scale) return Math.sign(agreement);
  const largest = map.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? -1 : 1;
}
