import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { Problem } from '../problem.js';

/** Observations of a regression: `values[i]` at row i of `features`, which counts `weights[i]` times. */
export interface Observations {
  /** `values.length` rows of `columns` numbers. */
  readonly features: ArrayLike<number>;
  readonly columns: number;
  readonly values: ArrayLike<number>;
  /** From 0. */
  readonly weights: ArrayLike<number>;
}

export interface RidgeFit {
  readonly intercept: number;
  /** One a column. */
  readonly coefficients: Float64Array;
  /** Value minus prediction, one an observation. */
  readonly residuals: Float64Array;
  /** 1 - weighted sum of squared residuals / that about the weighted mean; null where all values are alike. */
  readonly r2: number | null;
  /** Weighted mean of each column. */
  readonly centre: Float64Array;
  /** Inverse of (weighted scatter of the columns about their means + alpha I), `columns` x `columns`. */
  readonly inverse: Float64Array;
}

/**
 * Weighted ridge regression in closed form: the intercept and coefficients that minimise
 * sum_i w_i (y_i - intercept - x_i · coefficients)^2 + alpha |coefficients|^2. The intercept is not penalised
 * (scikit-learn's `Ridge(alpha, fit_intercept=True)` with sample weights; Hoerl and Kennard 1970).
 *
 * @throws Problem where the columns do not tell the coefficients apart, which takes an alpha of 0.
 */
export function weightedRidge(observations: Observations, alpha: number): RidgeFit {
  const { features, columns, values, weights } = observations;
  const count = values.length;
  const centre = new Float64Array(columns);
  let [total, mean] = [0, 0];
  for (let i = 0; i < count; i++) {
    total += weights[i];
    mean += weights[i] * values[i];
    for (let j = 0; j < columns; j++) centre[j] += weights[i] * features[i * columns + j];
  }
  mean /= total;
  for (let j = 0; j < columns; j++) centre[j] /= total;

  const scatter = Matrix.zeros(columns, columns);
  const moment = new Float64Array(columns);
  const row = new Float64Array(columns);
  const upper = new Float64Array(columns * columns);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < columns; j++) row[j] = features[i * columns + j] - centre[j];
    for (let j = 0; j < columns; j++) {
      const weighed = weights[i] * row[j];
      moment[j] += weighed * (values[i] - mean);
      for (let k = j; k < columns; k++) upper[j * columns + k] += weighed * row[k];
    }
  }
  for (let j = 0; j < columns; j++) {
    for (let k = j; k < columns; k++) {
      const value = upper[j * columns + k] + (j === k ? alpha : 0);
      scatter.set(j, k, value);
      scatter.set(k, j, value);
    }
  }
  const inverse = Float64Array.from(invert(scatter).to1DArray());
  const coefficients = new Float64Array(columns);
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k < columns; k++) coefficients[j] += inverse[j * columns + k] * moment[k];
  }
  const intercept = mean - coefficients.reduce((sum, value, j) => sum + value * centre[j], 0);

  const residuals = new Float64Array(count);
  let [unexplained, spread] = [0, 0];
  for (let i = 0; i < count; i++) {
    let prediction = intercept;
    for (let j = 0; j < columns; j++) prediction += coefficients[j] * features[i * columns + j];
    residuals[i] = values[i] - prediction;
    unexplained += weights[i] * residuals[i] ** 2;
    spread += weights[i] * (values[i] - mean) ** 2;
  }
  return {
    intercept,
    coefficients,
    residuals,
    r2: spread === 0 ? null : 1 - unexplained / spread,
    centre,
    inverse,
  };
}

function invert(symmetric: Matrix): Matrix {
  const { rows } = symmetric;
  const decomposition = new CholeskyDecomposition(symmetric);
  const pivots = decomposition.lowerTriangularMatrix.diag();
  // Rounding leaves a tiny pivot where there should be none.
  if (!decomposition.isPositiveDefinite() || Math.min(...pivots) < 1e-7 * Math.max(...pivots)) {
    throw new Problem(
      'regression',
      `the samples do not tell ${rows} coefficients apart`,
      'take more samples, or a ridge above 0',
    );
  }
  return decomposition.solve(Matrix.eye(rows, rows));
}
