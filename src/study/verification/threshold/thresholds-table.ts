import { stringify } from 'csv-stringify/sync';
import type { ScoreMeasure, StudyRate, ThresholdRow } from './summarise-scores.js';

/** The thresholds as CSV, one row a target; a refused one has its reason in place of numbers. */
export function thresholdsTable(rows: readonly ThresholdRow[]): string {
  return stringify(
    rows.map(({ target, chosen, threshold, fmr, fnmr, refused }) => ({
      target,
      chosen: chosen ? 'yes' : 'no',
      threshold,
      ...rateCells('fmr', fmr),
      false_matches: fmr?.errors,
      impostor: fmr?.trials,
      ...rateCells('fnmr', fnmr),
      false_non_matches: fnmr?.errors,
      genuine: fnmr?.trials,
      refused,
    })),
    { header: true },
  );
}

/** A rate in three columns, and what its interval is. */
function rateCells(name: string, rate: StudyRate | null): Record<string, number | string | undefined> {
  return {
    [name]: rate?.rate,
    [`${name}_low`]: rate?.low,
    [`${name}_high`]: rate?.high,
    [`${name}_interval`]: rate?.interval,
  };
}

/** The measures that need no threshold as CSV. */
export function measuresTable(
  measures: readonly ScoreMeasure[],
  counts: { readonly genuine: number; readonly impostor: number; readonly identities: number },
): string {
  const { genuine, impostor, identities } = counts;
  return stringify(
    measures.map((row) => ({ ...row, genuine, impostor, identities })),
    { header: true, columns: ['measure', 'value', 'low', 'high', 'genuine', 'impostor', 'identities'] },
  );
}
