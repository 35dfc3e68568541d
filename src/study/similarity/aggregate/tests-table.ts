import { stringify } from 'csv-stringify/sync';
import { join } from 'node:path';
import { cellNumber, readTable } from '../../verification/read-table.js';

/** A test whether groups differ in the share of one region by one model. */
export interface TestRow {
  readonly groupKey: string;
  readonly model: string;
  readonly region: string;
  /** Two, or all of the key. */
  readonly groups: readonly string[];
  /** In each of them. */
  readonly persons: readonly number[];
  /** The mean share of the first less that of the second; null for more than two. */
  readonly difference: number | null;
  /** From permutations of persons; NaN where a group has fewer than two. */
  readonly p: number;
  /** Corrected for the comparisons of the key. */
  readonly holm: number;
  readonly benjaminiHochberg: number;
  readonly comparisons: number;
}

const columns = [
  'group_key',
  'model',
  'region',
  'groups',
  'persons',
  'difference',
  'p',
  'holm',
  'benjamini_hochberg',
  'comparisons',
] as const;

const between = ' | ';

export function testsTable(rows: readonly TestRow[]): string {
  return stringify(
    rows.map((row) => [
      ...[row.groupKey, row.model, row.region, row.groups.join(between), row.persons.join(between)],
      ...[row.difference, row.p, row.holm, row.benjaminiHochberg].map((value) =>
        Number.isNaN(value) ? '' : value,
      ),
      row.comparisons,
    ]),
    { header: true, columns: [...columns] },
  );
}

/** The rows of `tests.csv`. @param folder of the aggregate step. */
export async function readTests(folder: string): Promise<TestRow[]> {
  const rows = await readTable(join(folder, 'tests.csv'), columns);
  return rows.map((row) => ({
    groupKey: row.group_key,
    model: row.model,
    region: row.region,
    groups: row.groups.split(between),
    persons: row.persons.split(between).map(Number),
    difference: cellNumber(row.difference) ?? null,
    p: cellNumber(row.p) ?? Number.NaN,
    holm: cellNumber(row.holm) ?? Number.NaN,
    benjaminiHochberg: cellNumber(row.benjamini_hochberg) ?? Number.NaN,
    comparisons: Number(row.comparisons),
  }));
}
