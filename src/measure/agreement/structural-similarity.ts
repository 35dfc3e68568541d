import type { Tensor } from '../../tensor/tensor.js';

type PlaneMap = Tensor<Float32Array | Float64Array>;

export interface StructuralSimilarityOptions {
  /**
   * `uniform` (default): the mean of 7x7 pixels and sample covariances, scikit-image's default. `gaussian`: weights of
   * standard deviation 1.5 over 11x11 pixels and population covariances, as in the paper.
   */
  readonly window?: 'uniform' | 'gaussian';
}

/**
 * The structural similarity of two maps (Wang et al., "Image quality assessment: from error visibility to structural
 * similarity", IEEE Transactions on Image Processing 2004), -1 to 1: the mean over all windows that lie inside the map of
 * (2 ux uy + c1)(2 vxy + c2) / ((ux^2 + uy^2 + c1)(vx + vy + c2)) with c1 = (0.01 R)^2, c2 = (0.03 R)^2. In float64 it is
 * `skimage.metrics.structural_similarity`; for `gaussian` with gaussian_weights=True, use_sample_covariance=False.
 * It is made for values from 0: below 0, the two factors of a map and its negative can cancel to +1.
 *
 * @param a shape [height, width], each at least 7 (`gaussian`: 11); of the shape of `b`
 * @param dataRange R: the largest less the smallest value that the maps can have, not that they happen to have; above 0
 */
export function structuralSimilarity(
  a: PlaneMap,
  b: PlaneMap,
  dataRange: number,
  options: StructuralSimilarityOptions = {},
): number {
  const [height, width] = a.shape;
  if (a.shape.length !== 2 || b.shape.length !== 2 || b.shape[0] !== height || b.shape[1] !== width) {
    throw new RangeError('The maps differ in size.');
  }
  const { weights, covarianceFactor } = windows[options.window ?? 'uniform'];
  const side = weights.length;
  if (height < side || width < side) {
    throw new RangeError(`Maps of ${width}x${height} have no window of ${side}x${side}.`);
  }
  if (!(dataRange > 0)) throw new RangeError(`A range is above 0; ${dataRange} is not.`);
  const c1 = (0.01 * dataRange) ** 2;
  const c2 = (0.03 * dataRange) ** 2;
  const x = Float64Array.from(a.data);
  const y = Float64Array.from(b.data);
  const mean = (values: Float64Array): Float64Array => windowMeans(values, width, height, weights);
  const meanX = mean(x);
  const meanY = mean(y);
  const meanXX = mean(x.map((value) => value * value));
  const meanYY = mean(y.map((value) => value * value));
  const meanXY = mean(x.map((value, i) => value * y[i]));
  let sum = 0;
  for (let i = 0; i < meanX.length; i++) {
    const varianceX = covarianceFactor * (meanXX[i] - meanX[i] * meanX[i]);
    const varianceY = covarianceFactor * (meanYY[i] - meanY[i] * meanY[i]);
    const covariance = covarianceFactor * (meanXY[i] - meanX[i] * meanY[i]);
    sum +=
      ((2 * meanX[i] * meanY[i] + c1) * (2 * covariance + c2)) /
      ((meanX[i] * meanX[i] + meanY[i] * meanY[i] + c1) * (varianceX + varianceY + c2));
  }
  return sum / meanX.length;
}

const windows = {
  uniform: { weights: new Float64Array(7).fill(1 / 7), covarianceFactor: 49 / 48 },
  gaussian: { weights: gaussianWeights(5, 1.5), covarianceFactor: 1 },
} as const;

function gaussianWeights(radius: number, deviation: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - radius) / deviation) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** The weighted mean of every square window that lies inside, one after the other. */
function windowMeans(
  values: Float64Array,
  width: number,
  height: number,
  weights: Float64Array,
): Float64Array {
  const across = width - weights.length + 1;
  const down = height - weights.length + 1;
  const rows = new Float64Array(across * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < across; column++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i] * values[row * width + column + i];
      rows[row * across + column] = sum;
    }
  }
  const means = new Float64Array(across * down);
  for (let at = 0; at < means.length; at++) {
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i] * rows[at + i * across];
    means[at] = sum;
  }
  return means;
}
