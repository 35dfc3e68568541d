import { type CsvError, parse } from 'csv-parse/sync';
import { Problem } from '../../problem.js';
import type { DroppedPair, ParsedPair, ParsedPairs } from './protocol.js';

/** The names that a column may have, lower case; hyphens and blanks count as underscores. */
const columnNames = {
  a: ['file_a', 'path_a', 'image_a', 'img_a', 'a', 'file1', 'path1', 'image1', 'img1', 'probe', 'left'],
  b: ['file_b', 'path_b', 'image_b', 'img_b', 'b', 'file2', 'path2', 'image2', 'img2', 'reference', 'right'],
  label: ['same', 'is_same', 'issame', 'label', 'genuine', 'match', 'target', 'y'],
  identityA: ['identity_a', 'subject_a', 'id_a', 'person_a', 'identity1', 'subject1', 'id1', 'person1'],
  identityB: ['identity_b', 'subject_b', 'id_b', 'person_b', 'identity2', 'subject2', 'id2', 'person2'],
  fold: ['fold', 'fold_id', 'split'],
} as const;

type Column = keyof typeof columnNames;

const genuineLabels = ['1', 'true', 'yes', 'same', 'genuine', 'match', 'mated', 'positive'];
const impostorLabels = [
  '0',
  '-1',
  'false',
  'no',
  'different',
  'diff',
  'impostor',
  'imposter',
  'non-match',
  'nonmatch',
  'non-mated',
  'negative',
];

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Parses a table of pairs: two files and a label, such as `file_a,file_b,same`. Fields are separated by commas, tabs,
 * semicolons or spaces and may be quoted. With a header the columns may come in any order and `identity_a`,
 * `identity_b` and `fold` may be among them; without one they are the two files and the label.
 *
 * @param name how a `Problem` calls the file.
 * @throws Problem where a header lacks a column, or quotes are not closed
 */
export function parseCsvPairs(text: string, name: string): ParsedPairs {
  const lines = text.split('\n');
  const rows = rowsOf(text, separatorOf(lines), name);
  const columns = rows.length === 0 ? undefined : headerColumns(rows[0].record, name);
  const at: Partial<Record<Column, number>> = columns ?? { a: 0, b: 1, label: 2 };

  const pairs: ParsedPair[] = [];
  const dropped: DroppedPair[] = [];
  rows.slice(columns === undefined ? 0 : 1).forEach(({ record, info }, index) => {
    const field = (column: Column): string | undefined => {
      const position = at[column];
      const value = position === undefined ? undefined : record.at(position)?.trim();
      return value === '' ? undefined : value;
    };
    const own = { line: info.lines, text: record.join(',') };
    const a = field('a');
    const b = field('b');
    const label = field('label')?.toLowerCase();
    if (a === undefined || b === undefined || label === undefined) {
      dropped.push({ ...own, kind: 'fields', reason: 'does not hold two files and a label' });
      return;
    }
    const genuine = genuineLabels.includes(label);
    if (!genuine && !impostorLabels.includes(label)) {
      dropped.push({ ...own, kind: 'label', reason: `its label "${label}" is neither 1 nor 0` });
      return;
    }
    const fold = Number(field('fold'));
    pairs.push({
      ...own,
      index,
      a: withForwardSlashes(a),
      b: withForwardSlashes(b),
      genuine,
      identityA: field('identityA'),
      identityB: field('identityB'),
      fold: Number.isInteger(fold) ? fold : undefined,
    });
  });
  return { pairs, dropped };
}

function rowsOf(text: string, delimiter: string, name: string): Row[] {
  try {
    return parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new Problem(name, `is not a table: ${(error as CsvError).message}`, 'close the quotes', {
      cause: error,
    });
  }
}

/** The separator that gives most of the first lines at least three fields; a comma where none does. */
function separatorOf(lines: readonly string[]): string {
  const sample = lines.filter((line) => line.trim() !== '').slice(0, 200);
  let best = ',';
  let most = 0;
  for (const separator of [',', '\t', ';', ' ']) {
    const fitting = sample.filter((line) => line.trim().split(separator).length >= 3).length;
    if (fitting > most) [best, most] = [separator, fitting];
  }
  return best;
}

/** Where each column is; undefined where the first row is no header. */
function headerColumns(first: readonly string[], name: string): Partial<Record<Column, number>> | undefined {
  const names = first.map((field) =>
    field
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  );
  const found: Partial<Record<Column, number>> = {};
  for (const column of Object.keys(columnNames) as Column[]) {
    const position = names.findIndex((field) => (columnNames[column] as readonly string[]).includes(field));
    if (position !== -1) found[column] = position;
  }
  const label = names.at(2);
  const isRow = label !== undefined && (genuineLabels.includes(label) || impostorLabels.includes(label));
  if (isRow && found.a === undefined && found.b === undefined) return undefined;
  for (const column of ['a', 'b', 'label'] as const) {
    if (found[column] !== undefined) continue;
    throw new Problem(
      name,
      `its first line (${first.join(', ')}) names no column for ${{ a: 'the first file', b: 'the second file', label: 'the label' }[column]}`,
      'name the columns file_a, file_b and same',
    );
  }
  return found;
}

function withForwardSlashes(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
}
