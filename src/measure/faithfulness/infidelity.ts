export interface InfidelityOptions {
  /**
   * Whether the map may be scaled by the best factor first, so that only its proportions count (`normalize` in Captum).
   * @default false
   */
  readonly scaled?: boolean | undefined;
}

/**
 * Infidelity (Yeh et al., "On the (in)fidelity and sensitivity of explanations", NeurIPS 2019): the mean of
 * (I . phi - (f(x) - f(x - I)))^2 over perturbations I. 0 where the map foretells every fall of the score, as the
 * gradient of a linear model does. Not bounded above, and in the square of the score's unit.
 *
 * @param foretold I . phi for each perturbation: the sum over all values of perturbation times map.
 * @param falls f(x) - f(x - I) for each.
 */
export function infidelity(
  foretold: ArrayLike<number>,
  falls: ArrayLike<number>,
  { scaled = false }: InfidelityOptions = {},
): number {
  const { length } = foretold;
  if (length === 0 || falls.length !== length)
    throw new RangeError('Infidelity needs two lists of one length.');
  let factor = 1;
  if (scaled) {
    let products = 0;
    let squares = 0;
    for (let i = 0; i < length; i++) {
      products += foretold[i] * falls[i];
      squares += foretold[i] * foretold[i];
    }
    factor = squares === 0 ? 1 : products / squares;
  }
  let sum = 0;
  for (let i = 0; i < length; i++) sum += (factor * foretold[i] - falls[i]) ** 2;
  return sum / length;
}
