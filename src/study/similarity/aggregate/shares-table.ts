import { stringify } from 'csv-stringify/sync';
import { join } from 'node:path';
import { cellNumber, readTable } from '../../verification/read-table.js';

/** The mean share of the positive evidence in one region. */
export interface ShareRow {
  readonly modelKey: string;
  readonly model: string;
  /** Both empty for everybody. */
  readonly groupKey: string;
  readonly group: string;
  readonly region: string;
  /** Persons that have it. */
  readonly persons: number;
  /** The region's share of what the models see. */
  readonly area: number;
  /** NaN where nobody has it. */
  readonly share: number;
  /** 95 %, over persons; null where there are fewer than two. */
  readonly low: number | null;
  readonly high: number | null;
}

const columns = [
  'model_key',
  'model',
  'group_key',
  'group',
  'region',
  'persons',
  'area',
  'share',
  'low',
  'high',
] as const;

export function sharesTable(rows: readonly ShareRow[]): string {
  return stringify(
    rows.map((row) => [
      ...[row.modelKey, row.model, row.groupKey, row.group, row.region, row.persons],
      ...[row.area, row.share, row.low, row.high].map((value) => (Number.isNaN(value) ? '' : value)),
    ]),
    { header: true, columns: [...columns] },
  );
}

/** The rows of `shares.csv`. @param folder of the aggregate step. */
export async function readShares(folder: string): Promise<ShareRow[]> {
  const rows = await readTable(join(folder, 'shares.csv'), columns);
  return rows.map((row) => ({
    modelKey: row.model_key,
    model: row.model,
    groupKey: row.group_key,
    group: row.group,
    region: row.region,
    persons: Number(row.persons),
    area: cellNumber(row.area) ?? Number.NaN,
    share: cellNumber(row.share) ?? Number.NaN,
    low: cellNumber(row.low) ?? null,
    high: cellNumber(row.high) ?? null,
  }));
}
