import { stringify } from 'csv-stringify/sync';
import { cellNumber, readTable } from '../read-table.js';
import type { AverageEvidence, MeanShare } from './average-evidence.js';

const columns = [
  'method',
  'outcome',
  'region',
  'pairs',
  'identities',
  'area_share',
  'positive_share',
  'positive_low',
  'positive_high',
  'positive_pairs',
  'negative_share',
  'negative_low',
  'negative_high',
  'negative_pairs',
] as const;

/** The evidence by region as CSV: one row a method, outcome and region. An empty cell is a value that does not exist. */
export function regionsTable(rows: readonly AverageEvidence[]): string {
  return stringify(
    rows.map((row) => ({
      method: row.method,
      outcome: row.outcome,
      region: row.region,
      pairs: row.pairs,
      identities: row.identities,
      area_share: row.area,
      ...shareCells('positive', row.positive),
      ...shareCells('negative', row.negative),
    })),
    { header: true, columns: [...columns] },
  );
}

function shareCells(
  name: 'positive' | 'negative',
  share: MeanShare | null,
): Record<string, number | null | undefined> {
  return {
    [`${name}_share`]: share?.mean,
    [`${name}_low`]: share?.low,
    [`${name}_high`]: share?.high,
    [`${name}_pairs`]: share?.pairs,
  };
}

/** The rows of a table that `regionsTable` wrote. */
export async function readRegionsTable(file: string): Promise<AverageEvidence[]> {
  const rows = await readTable(file, columns);
  return rows.map((row) => {
    const share = (name: 'positive' | 'negative'): MeanShare | null => {
      const mean = cellNumber(row[`${name}_share`]);
      if (mean === undefined) return null;
      return {
        mean,
        low: cellNumber(row[`${name}_low`]) ?? null,
        high: cellNumber(row[`${name}_high`]) ?? null,
        pairs: Number(row[`${name}_pairs`]),
      };
    };
    return {
      method: row.method,
      outcome: row.outcome as AverageEvidence['outcome'],
      region: row.region,
      pairs: Number(row.pairs),
      identities: Number(row.identities),
      area: Number(row.area_share),
      positive: share('positive'),
      negative: share('negative'),
    };
  });
}
