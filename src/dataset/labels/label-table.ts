import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { Problem } from '../../problem.js';
import { fileProblem } from '../file-problem.js';

/** What is known of one image, by column name, e.g. `{ subject: '001', gender: 'female' }`. */
export type Labels = Readonly<Record<string, string>>;

/** One line of a table. */
export interface LabelRow {
  /** A path with forward slashes, an identity or a model, as in the file. */
  readonly key: string;
  readonly labels: Labels;
  /** Its line in the file, from 1. */
  readonly line: number;
}

/** What the lines of a table are about: images, persons or models. */
export type LabelKey = 'path' | 'identity' | 'model';

/** A table of labels as it was read. */
export interface LabelTable {
  readonly file: string;
  readonly key: LabelKey;
  /** The columns beside the key. */
  readonly columns: readonly string[];
  /** Every line that has a key. */
  readonly rows: readonly LabelRow[];
  /** The last line of every path or identity. */
  readonly byKey: ReadonlyMap<string, Labels>;
  /** Rows that were not used or not expected, each with its line. */
  readonly notes: readonly string[];
}

const pathColumns = ['file', 'path', 'image', 'filename', 'file_name', 'filepath', 'file_path', 'image_path'];
/** Columns that name the person in an image. `class_id` is that of VGGFace2's `identity_meta.csv`. */
export const identityColumns = [
  'subject',
  'identity',
  'person',
  'id',
  'subject_id',
  'identity_id',
  'class_id',
];

/** How a table is asked for, and told to lack its key. */
const keys = {
  path: { columns: pathColumns, missing: 'the paths of the images', remedy: '"file" or "path"' },
  identity: { columns: identityColumns, missing: 'the persons', remedy: '"identity" or "subject"' },
  model: { columns: ['model'], missing: 'the models', remedy: '"model"' },
} as const;

/**
 * Reads a CSV table of labels: a header, one column with the path of the image (`file`, `path`, `image` or
 * `filename`), any other columns. Commas, semicolons or tabs part the fields.
 *
 * @param kinds what the lines may be about. With `identity` among them, a table without a column of paths is read as one
 *   of persons, by its first column that names them (`identity`, `subject`, `person`, `id`, `class_id`).
 * @throws Problem where the file cannot be read, has no such column or no row
 */
export async function readLabelTable(
  file: string,
  kinds: readonly LabelKey[] = ['path'],
): Promise<LabelTable> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw fileProblem(error, file);
  }
  const records = recordsOf(file, text);
  const header = records.shift();
  const names = header === undefined ? [] : header.record.map((name) => name.trim());
  const columnOf = (kind: LabelKey) =>
    names.findIndex((name) => (keys[kind].columns as readonly string[]).includes(name.toLowerCase()));
  const key = kinds.find((kind) => columnOf(kind) !== -1);
  if (key === undefined) {
    throw new Problem(
      file,
      `has no column with ${kinds.map((kind) => keys[kind].missing).join(' or ')}; ` +
        `its columns are: ${names.join(', ') || 'none'}`,
      `name it ${kinds.map((kind) => keys[kind].remedy).join(' or ')} in the first line`,
    );
  }
  const keyColumn = columnOf(key);
  const rows: LabelRow[] = [];
  const byKey = new Map<string, Labels>();
  const notes: string[] = [];
  for (const { record, line } of records) {
    const field = (record[keyColumn] ?? '').trim();
    const name = key === 'path' ? field.replaceAll('\\', '/').replace(/^(\.\/)+/, '') : field;
    if (name === '') {
      notes.push(`line ${line} has no ${key} and is not used`);
      continue;
    }
    if (record.length !== names.length) {
      notes.push(`line ${line} has ${record.length} fields, the header ${names.length}`);
    }
    if (key === 'path' && byKey.has(name)) notes.push(`line ${line} replaces an earlier row of ${name}`);
    const labels: Record<string, string> = {};
    names.forEach((column, at) => {
      const value = record.at(at)?.trim();
      if (at !== keyColumn && value !== undefined && value !== '') labels[column] = value;
    });
    rows.push({ key: name, labels, line });
    byKey.set(name, labels);
  }
  if (byKey.size === 0) throw new Problem(file, `holds no row with a ${key} below its header`);
  return { file, key, columns: names.filter((_, column) => column !== keyColumn), rows, byKey, notes };
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
