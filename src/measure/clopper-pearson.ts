import jstat from 'jstat';
import type { Interval } from './interval.js';

/**
 * The exact interval of a rate (Clopper and Pearson, Biometrika 26, 1934): it covers the true rate at least as often as
 * `level` says.
 *
 * @param successes from 0 to `trials`; need not be whole, for an effective sample size.
 * @param trials above 0.
 * @param level in (0, 1).
 */
export function clopperPearson(successes: number, trials: number, level = 0.95): Interval {
  if (!(trials > 0) || !(successes >= 0) || !(successes <= trials)) {
    throw new RangeError(`There is no rate of ${successes} in ${trials}.`);
  }
  const tail = (1 - level) / 2;
  const { beta } = jstat.jStat;
  return {
    low: successes === 0 ? 0 : beta.inv(tail, successes, trials - successes + 1),
    high: successes === trials ? 1 : beta.inv(1 - tail, successes + 1, trials - successes),
    level,
  };
}
