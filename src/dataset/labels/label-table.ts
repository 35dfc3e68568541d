import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { Problem } from '../../problem.js';
import { fileProblem } from '../file-problem.js';

/** What is known of one image, by column name, e.g. `{ subject: '001', gender: 'female' }`. */
export type Labels = Readonly<Record<string, string>>;

/** A table of labels as it was read. */
export interface LabelTable {
  readonly file: string;
  /** The columns beside the path. */
  readonly columns: readonly string[];
  /** By path with forward slashes, as in the file. */
  readonly byPath: ReadonlyMap<string, Labels>;
  /** Rows that were not used or not expected, each with its line. */
  readonly notes: readonly string[];
}

const pathColumns = ['file', 'path', 'image', 'filename', 'file_name', 'filepath', 'file_path', 'image_path'];

/**
 * Reads a CSV table of labels: a header, one column with the path of the image (`file`, `path`, `image` or
 * `filename`), any other columns. Commas, semicolons or tabs part the fields.
 *
 * @throws Problem where the file cannot be read, has no path column or no row
 */
export async function readLabelTable(file: string): Promise<LabelTable> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw fileProblem(error, file);
  }
  const rows = recordsOf(file, text);
  const header = rows.shift();
  const names = header === undefined ? [] : header.record.map((name) => name.trim());
  const pathColumn = names.findIndex((name) => pathColumns.includes(name.toLowerCase()));
  if (pathColumn === -1) {
    throw new Problem(
      file,
      `has no column with the paths of the images; its columns are: ${names.join(', ') || 'none'}`,
      'name it "file" or "path" in the first line',
    );
  }
  const byPath = new Map<string, Labels>();
  const notes: string[] = [];
  for (const { record, line } of rows) {
    const path = (record[pathColumn] ?? '')
      .trim()
      .replaceAll('\\', '/')
      .replace(/^(\.\/)+/, '');
    if (path === '') {
      notes.push(`line ${line} has no path and is not used`);
      continue;
    }
    if (record.length !== names.length) {
      notes.push(`line ${line} has ${record.length} fields, the header ${names.length}`);
    }
    if (byPath.has(path)) notes.push(`line ${line} replaces an earlier row of ${path}`);
    const labels: Record<string, string> = {};
    names.forEach((name, column) => {
      const value = record.at(column)?.trim();
      if (column !== pathColumn && value !== undefined && value !== '') labels[name] = value;
    });
    byPath.set(path, labels);
  }
  if (byPath.size === 0) throw new Problem(file, 'holds no row with a path below its header');
  return { file, columns: names.filter((_, column) => column !== pathColumn), byPath, notes };
}

function recordsOf(file: string, text: string): { record: string[]; line: number }[] {
  const firstLine = /^.*/.exec(text)![0];
  const delimiter = [',', ';', '\t'].reduce((best, candidate) =>
    firstLine.split(candidate).length > firstLine.split(best).length ? candidate : best,
  );
  const records: { record: string[]; line: number }[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter,
      relaxColumnCount: true,
      relaxQuotes: true,
      skipEmptyLines: true,
      onRecord: (record: string[], { lines }) => {
        records.push({ record, line: lines });
        return null;
      },
    });
    return records;
  } catch (error) {
    throw new Problem(file, `is not a CSV table: ${(error as Error).message}`, 'export it as CSV', {
      cause: error,
    });
  }
}
