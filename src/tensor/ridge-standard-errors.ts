import type { Observations, RidgeFit } from './weighted-ridge.js';

/**
 * Standard errors of the coefficients of a weighted ridge regression over draws of its observations: the sandwich
 * A^-1 (sum over clusters of g g^T) A^-1 with g = sum over the cluster of w_i x_i e_i / sqrt(1 - h_i), x_i centred and
 * h_i the leverage (HC2 of MacKinnon and White 1985, summed within clusters as Liang and Zeger 1986 do). It assumes no
 * variance of its own for the residuals, only that clusters are drawn independently of each other.
 *
 * @param clusterOf the cluster of an observation, counted from 0 without gaps and in ascending order; undefined for one
 * that is not drawn at random.
 * @param clusters their number.
 * @returns one a column; null where there are too few clusters to say.
 */
export function ridgeStandardErrors(
  { features, columns, values, weights }: Observations,
  { residuals, centre, inverse }: Pick<RidgeFit, 'residuals' | 'centre' | 'inverse'>,
  clusterOf: (observation: number) => number | undefined,
  clusters: number,
): Float64Array | null {
  if (clusters < 2 || values.length < columns + 2) return null;
  let total = 0;
  for (let i = 0; i < values.length; i++) total += weights[i];
  const row = new Float64Array(columns);
  const influence = new Float64Array(columns);
  const sums = new Float64Array(columns);
  const squares = new Float64Array(columns);
  const score = new Float64Array(columns);
  let current = 0;
  const close = () => {
    for (let j = 0; j < columns; j++) {
      let value = 0;
      for (let k = 0; k < columns; k++) value += inverse[j * columns + k] * score[k];
      sums[j] += value;
      squares[j] += value * value;
    }
    score.fill(0);
  };
  for (let i = 0; i < values.length; i++) {
    const cluster = clusterOf(i);
    if (cluster === undefined) continue;
    if (cluster !== current) close();
    current = cluster;
    for (let j = 0; j < columns; j++) row[j] = features[i * columns + j] - centre[j];
    let leverage = weights[i] / total;
    for (let j = 0; j < columns; j++) {
      let value = 0;
      for (let k = 0; k < columns; k++) value += inverse[j * columns + k] * row[k];
      influence[j] = value;
      leverage += weights[i] * row[j] * value;
    }
    const scale = (weights[i] * residuals[i]) / Math.sqrt(Math.max(1 - leverage, Number.EPSILON));
    for (let j = 0; j < columns; j++) score[j] += scale * row[j];
  }
  close();
  return squares.map((square, j) =>
    Math.sqrt((Math.max(0, square - (sums[j] * sums[j]) / clusters) * clusters) / (clusters - 1)),
  );
}
