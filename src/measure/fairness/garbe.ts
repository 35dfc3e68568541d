/**
 * The Gini aggregation rate for biometric equitability, alpha G(FMR) + (1 - alpha) G(FNMR): 0 where all groups are alike, 1
 * where one group has all the errors (Howard, Laird, Rubin, Sirotin, Tipton and Vemury, "Evaluating proposed fairness models
 * for face recognition algorithms", ICPR workshops 2022, arXiv 2203.05051).
 *
 * @param fmr one rate a group, two groups or more.
 * @param fnmr one rate a group.
 * @param alpha weight of the false matches, in [0, 1].
 */
export function garbe(fmr: readonly number[], fnmr: readonly number[], alpha = 0.5): number {
  return alpha * giniCoefficient(fmr) + (1 - alpha) * giniCoefficient(fnmr);
}

/**
 * The Gini coefficient of a small sample: the sum of |xi - xj| over all i and j, over 2 n^2 mean, times n / (n - 1); in
 * [0, 1]. Equal values, all 0 among them, give 0.
 */
export function giniCoefficient(values: readonly number[]): number {
  const n = values.length;
  if (values.every((value) => value === values[0])) return 0;
  const sum = values.reduce((total, value) => total + value, 0);
  const differences = values.reduce(
    (total, a) => total + values.reduce((own, b) => own + Math.abs(a - b), 0),
    0,
  );
  return differences / (2 * (n - 1) * sum);
}
