import { stringify } from 'csv-stringify/sync';
import { join } from 'node:path';
import { readTable } from '../../verification/read-table.js';

/** One mean map. */
export interface MeanRow {
  /** `all`, `model`, or the key of a family; and which one. */
  readonly modelKey: string;
  readonly model: string;
  /** The key of a group and which one; both empty for everybody. */
  readonly groupKey: string;
  readonly group: string;
  readonly persons: number;
  /** Maps that were added up. */
  readonly maps: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Below the folder of the step. */
  readonly path: string;
}

const columns = [
  'model_key',
  'model',
  'group_key',
  'group',
  'persons',
  'maps',
  'minimum',
  'maximum',
  'file',
] as const;

export function meansTable(rows: readonly MeanRow[]): string {
  return stringify(
    rows.map(({ modelKey, model, groupKey, group, persons, maps, minimum, maximum, path }) => [
      ...[modelKey, model, groupKey, group, persons, maps, minimum, maximum, path],
    ]),
    { header: true, columns: [...columns] },
  );
}

/** The rows of `means.csv`. @param folder of the aggregate step. */
export async function readMeans(folder: string): Promise<MeanRow[]> {
  const rows = await readTable(join(folder, 'means.csv'), columns);
  return rows.map((row) => ({
    modelKey: row.model_key,
    model: row.model,
    groupKey: row.group_key,
    group: row.group,
    persons: Number(row.persons),
    maps: Number(row.maps),
    minimum: Number(row.minimum),
    maximum: Number(row.maximum),
    path: row.file,
  }));
}
