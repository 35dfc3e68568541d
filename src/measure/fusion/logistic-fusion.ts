/** A linear logistic fusion of the P(attack) of several members, as `fitLogisticFusion` learns it. */
export interface LogisticFusion {
  /**
   * The log odds of an attack are `offset + sum over members of slope * log odds of the member's P(attack)`, for attacks
   * and bona fides equally likely.
   */
  readonly offset: number;
  /** By the name of the member. */
  readonly slopes: Readonly<Record<string, number>>;
  /**
   * Log odds are taken of P(attack) within [limit, 1 - limit]: a float32 softmax gives 0 and 1, whose log odds are
   * infinite. In (0, 0.5).
   */
  readonly limit: number;
}

/** log(p / (1 - p)) with p within [limit, 1 - limit]. */
export function limitedLogOdds(probability: number, limit: number): number {
  const within = Math.min(Math.max(probability, limit), 1 - limit);
  return Math.log(within / (1 - within));
}

/**
 * The fused P(attack), for attacks and bona fides equally likely.
 *
 * @param scores P(attack) by the name of the member.
 * @throws RangeError where a member of the fusion has no score.
 */
export function fusedProbability(
  { offset, slopes, limit }: LogisticFusion,
  scores: Readonly<Record<string, number>>,
): number {
  const odds = Object.entries(slopes).reduce((sum, [name, slope]) => {
    if (!(name in scores)) throw new RangeError(`The member ${name} has no score.`);
    return sum + slope * limitedLogOdds(scores[name], limit);
  }, offset);
  return 1 / (1 + Math.exp(-odds));
}
