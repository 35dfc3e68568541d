import { stringify } from 'csv-stringify/sync';
import { join } from 'node:path';
import { cellNumber, readTable } from '../../verification/read-table.js';

/** How typical one person is, by one model or all together. */
export interface PersonRow {
  /** `all` or `model`. */
  readonly modelKey: string;
  readonly model: string;
  readonly identity: string;
  /** On the canonical face. */
  readonly images: number;
  readonly groups: Readonly<Record<string, string>>;
  /** Correlation with the mean of all others; NaN where there is none. */
  readonly typicality: number;
  /** The same among those of the own group, by key. */
  readonly inGroup: Readonly<Record<string, number>>;
  /** The person's mean map, below the folder of the step. */
  readonly path: string;
}

const columns = ['model_key', 'model', 'identity', 'images', 'typicality', 'file'] as const;

export function peopleTable(rows: readonly PersonRow[], keys: readonly string[]): string {
  return stringify(
    rows.map((row) => [
      ...[row.modelKey, row.model, row.identity, row.images, cell(row.typicality), row.path],
      ...keys.flatMap((key) => [row.groups[key] ?? '', cell(row.inGroup[key] ?? Number.NaN)]),
    ]),
    { header: true, columns: [...columns, ...keys.flatMap((key) => [key, `typicality_in_${key}`])] },
  );
}

/** The rows of `people.csv`. @param folder of the aggregate step; `keys` of the groups. */
export async function readPeopleTable(folder: string, keys: readonly string[]): Promise<PersonRow[]> {
  const rows = await readTable<string>(join(folder, 'people.csv'), columns);
  return rows.map((row) => ({
    modelKey: row.model_key,
    model: row.model,
    identity: row.identity,
    images: Number(row.images),
    typicality: cellNumber(row.typicality) ?? Number.NaN,
    path: row.file,
    groups: Object.fromEntries(keys.flatMap((key) => (row[key] === '' ? [] : [[key, row[key]]]))),
    inGroup: Object.fromEntries(
      keys.map((key) => [key, cellNumber(row[`typicality_in_${key}`]) ?? Number.NaN]),
    ),
  }));
}

function cell(value: number): number | string {
  return Number.isNaN(value) ? '' : value;
}
