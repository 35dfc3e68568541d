import { stringify } from 'csv-stringify/sync';
import type { SystemEvaluation } from './system-evaluation.js';

/** Every number of every system as CSV, one row each. */
export function measuresTable(systems: readonly SystemEvaluation[]): string {
  return stringify(
    systems.flatMap(({ name, rows }) =>
      rows.map(({ measure, of, threshold, value, low, high, interval, errors, trials, remark }) => ({
        system: name,
        measure,
        of,
        threshold,
        value,
        low,
        high,
        interval,
        errors,
        trials,
        remark,
      })),
    ),
    { header: true },
  );
}
