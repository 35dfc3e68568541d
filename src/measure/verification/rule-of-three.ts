import { Problem } from '../../problem.js';

/**
 * The trials that a rate needs to be told from 0 at 95 % confidence. After n trials without an error the true rate can
 * still be 3 / n, which is close to 1 - 0.05^(1/n): the rule of three (Jovanovic and Levy, The American Statistician
 * 51, 1997). So n trials support a rate of x where n >= 3 / x.
 *
 * @param rate in (0, 1].
 */
export function trialsToSupport(rate: number): number {
  // 3 / 0.0001 is a hair above 30000 in some roundings; a trial more would be asked for.
  return Math.ceil(3 / rate - 1e-6);
}

/**
 * Refuses a rate that the sample cannot support, see `trialsToSupport`.
 *
 * @param measure how the message calls the rate, such as `FMR`.
 * @param kind what the trials are, such as `impostor`.
 * @param unit what gives one score.
 * @throws Problem with the numbers
 */
export function requireSupport(
  measure: string,
  rate: number,
  kind: string,
  trials: number,
  unit = 'pairs',
): void {
  const needed = trialsToSupport(rate);
  if (trials >= needed) return;
  throw new Problem(
    `${measure} ${rate}`,
    rate > 0
      ? `needs at least ${needed} ${kind} scores (rule of three, 3 / ${rate}); there are ${trials}`
      : `cannot be shown by any number of ${kind} scores`,
    `add ${kind} ${unit}${trials > 3 ? `, or ask for ${measure} ${roundedUp(3 / trials)} or more` : ''}`,
  );
}

/** To two digits, never below the value. */
function roundedUp(value: number): number {
  const scale = 10 ** (1 - Math.floor(Math.log10(value)));
  return Math.ceil(value * scale - 1e-9) / scale;
}
