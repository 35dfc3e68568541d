import { stringify } from 'csv-stringify/sync';
import type { ErrorDifference } from './compare-decisions.js';

/** Every difference between systems as CSV, one row each. */
export function differencesTable(differences: readonly ErrorDifference[]): string {
  return stringify(
    differences.map(({ newErrors, mendedErrors, baselineErrors, adjusted, ...rest }) => ({
      system: rest.system,
      baseline: rest.baseline,
      measure: rest.measure,
      of: rest.of,
      trials: rest.trials,
      baseline_errors: baselineErrors,
      errors: rest.errors,
      new_errors: newErrors,
      mended_errors: mendedErrors,
      difference: rest.difference,
      low: rest.low,
      high: rest.high,
      interval: rest.interval,
      p: rest.p,
      p_holm: adjusted,
    })),
    { header: true },
  );
}
