import { parse } from 'csv-parse/sync';
import { readFile } from 'node:fs/promises';
import { fileProblem } from '../../dataset/file-problem.js';
import { Problem } from '../../problem.js';

/**
 * The rows of a table that a step wrote, by the names of its columns.
 * @throws Problem where the file cannot be read, or lacks a column.
 */
export async function readTable<Column extends string>(
  file: string,
  columns: readonly Column[],
): Promise<Record<Column, string>[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileProblem(error, file);
  });
  const rows = parse<Record<Column, string>>(text, { columns: true, skip_empty_lines: true });
  const missing = rows.length === 0 ? undefined : columns.find((column) => !(column in rows[0]));
  if (missing !== undefined) {
    throw new Problem(file, `has no column ${missing}`, 'run the step again with --no-resume');
  }
  return rows;
}

/** A number of a table; an empty cell is undefined. */
export function cellNumber(cell: string): number | undefined {
  return cell === '' ? undefined : Number(cell);
}
