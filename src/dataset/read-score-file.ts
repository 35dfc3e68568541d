import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Problem } from '../problem.js';
import { fileProblem } from './file-problem.js';
import {
  decimalComma,
  fieldsOf,
  finiteNumber,
  notFinite,
  separatorNames,
  separatorOf,
  type Separator,
} from './separated-fields.js';

/** One usable row of a score file. */
export interface ScoreRow {
  /** As in the file, but with forward slashes and without `./` in front. */
  readonly path: string;
  /** A finite number; what it means is not the file's to say. */
  readonly score: number;
  /** As in the file; `undefined` where there is no label column or the field is empty. */
  readonly label: string | undefined;
  /** Further columns by name, or by number (`column4`) where the file has no header. */
  readonly extra: Readonly<Record<string, string>>;
  /** Line in the file, from 1. */
  readonly line: number;
}

/** A row that cannot be used. */
export interface DroppedRow {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/** A path that several usable rows have; only the last of them is in `rows`. */
export interface DuplicatePath {
  readonly path: string;
  /** Lines from 1, the used one last. */
  readonly lines: readonly number[];
}

/** A score file as it was read; nothing in it is left out without being told. */
export interface ScoreFile {
  readonly file: string;
  /** In the order of the file, each path once. */
  readonly rows: readonly ScoreRow[];
  readonly dropped: readonly DroppedRow[];
  readonly duplicates: readonly DuplicatePath[];
  /** What was assumed, in words: the separator where it is not a comma, the meaning of columns, duplicates. */
  readonly notes: readonly string[];
}

const pathColumns = [
  'path',
  'file',
  'image',
  'filename',
  'file_name',
  'filepath',
  'file_path',
  'image_path',
  'name',
  // bob.pad.base; in bob.bio.base the probe.
  'test_label',
  'probe_key',
];
const scoreColumns = ['score', 'scores', 'prediction', 'prediction_score', 'pred', 'probability', 'prob'];
const labelColumns = ['label', 'class', 'target', 'y', 'ground_truth', 'label_name'];

/** Lines looked at to find the separator. */
const sampleSize = 200;

/**
 * Reads a score file: rows `path,score[,label]`, header optional. Fields are separated by commas, tabs,
 * semicolons or spaces, whichever makes most of the first lines two or more fields with a number; fields may
 * be quoted; a byte-order mark, UTF-16 and CRLF are accepted. A path that comes again replaces the row before.
 * Every row that cannot be used is in `dropped` with its line and the reason.
 *
 * @throws Problem where the file cannot be read or has no usable row, or where decimal commas make a file of
 *   comma-separated fields ambiguous
 */
export async function readScoreFile(file: string): Promise<ScoreFile> {
  const reader = new ScoreReader(file);
  try {
    const lines = createInterface({
      input: createReadStream(file, { encoding: await encodingOf(file), highWaterMark: 1 << 20 }),
      crlfDelay: Infinity,
    });
    await new Promise<void>((resolve, reject) => {
      // Listening is several times as fast as iterating, which awaits every line.
      lines.on('line', (line) => reader.line(line));
      lines.on('close', resolve);
      lines.on('error', reject);
      (lines as unknown as { input: NodeJS.ReadableStream }).input.on('error', reject);
    });
  } catch (error) {
    throw fileProblem(error, file);
  }
  return reader.finish();
}

async function encodingOf(file: string): Promise<'utf8' | 'utf16le'> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0xff && buffer[1] === 0xfe ? 'utf16le' : 'utf8';
  } finally {
    await handle.close();
  }
}

interface Columns {
  readonly path: number;
  readonly score: number;
  readonly label: number | undefined;
  readonly names: readonly string[] | undefined;
}

class ScoreReader {
  readonly #file: string;
  readonly #sample: string[] = [];
  readonly #rows = new Map<string, ScoreRow>();
  readonly #dropped: DroppedRow[] = [];
  readonly #repeated = new Map<string, number[]>();
  readonly #notes: string[] = [];
  #line = 0;
  #separator: Separator | undefined;
  #columns: Columns | undefined;
  #unexpectedFields = 0;

  constructor(file: string) {
    this.#file = file;
  }

  line(text: string): void {
    if (this.#separator !== undefined) {
      this.#take(text);
      return;
    }
    this.#sample.push(this.#sample.length === 0 ? text.replace(/^\ufeff/, '') : text);
    if (this.#sample.length === sampleSize) this.#start();
  }

  finish(): ScoreFile {
    if (this.#separator === undefined) this.#start();
    if (this.#rows.size === 0) {
      const first = this.#dropped.at(0);
      throw new Problem(
        this.#file,
        first === undefined
          ? 'holds no row'
          : `holds no usable row; line ${first.line}: ${first.reason}` +
              (this.#dropped.length > 1 ? `; and ${this.#dropped.length - 1} more` : ''),
        'a row is path,score or path,score,label',
      );
    }
    if (this.#unexpectedFields > 0) {
      this.#notes.push(`${this.#unexpectedFields} rows have more or fewer fields than the header has names`);
    }
    const duplicates = [...this.#repeated].map(([path, lines]) => ({ path, lines }));
    if (duplicates.length > 0) {
      const named = duplicates.slice(0, 3).map(({ path, lines }) => `${path} (lines ${lines.join(', ')})`);
      const more = duplicates.length > 3 ? ` and ${duplicates.length - 3} more` : '';
      this.#notes.push(
        `${duplicates.length} paths come more than once, the last row of each is used: ${named.join('; ')}${more}`,
      );
    }
    return {
      file: this.#file,
      rows: [...this.#rows.values()],
      dropped: this.#dropped,
      duplicates,
      notes: this.#notes,
    };
  }

  #start(): void {
    const filled = this.#sample.filter((line) => line.trim() !== '');
    this.#separator = separatorOf(filled);
    if (this.#separator !== ',')
      this.#notes.push(`fields are separated by ${separatorNames[this.#separator]}`);
    const fields = filled.map((line) => fieldsOf(line, this.#separator!));
    this.#columns = this.#columnsOf(fields);
    refuseDecimalCommas(this.#file, this.#separator, this.#columns, fields);
    let header = this.#columns.names !== undefined;
    for (const text of this.#sample) {
      if (header && text.trim() !== '') {
        header = false;
        this.#line++;
      } else this.#take(text);
    }
    this.#sample.length = 0;
  }

  /** The first row is a header where its score is no number and its path does not look like a file. */
  #columnsOf(fields: readonly string[][]): Columns {
    const positions: Columns = { path: 0, score: 1, label: 2, names: undefined };
    const first = fields.at(0);
    if (first === undefined || first.length < 2) return positions;
    const names = first.map((name) => name.toLowerCase().replaceAll(' ', '_'));
    const find = (known: readonly string[]): number | undefined => {
      const found = names.findIndex((name) => known.includes(name));
      return found === -1 ? undefined : found;
    };
    const [path, score, label] = [find(pathColumns), find(scoreColumns), find(labelColumns)];
    const named = path !== undefined || score !== undefined;
    const value = first[1];
    if (finiteNumber.test(value) || notFinite.test(value) || value === '') return positions;
    if (!named && /[\\/]|\.\w{2,4}$/.test(first[0])) return positions;
    if (path === undefined || score === undefined) {
      this.#notes.push(
        `line 1 is taken as a header; "${first[path ?? 0]}" as the path and "${first[score ?? 1]}" as the score`,
      );
    }
    return { path: path ?? 0, score: score ?? (path === 1 ? 0 : 1), label, names: first };
  }

  #take(text: string): void {
    const line = ++this.#line;
    if (text.trim() === '') return;
    const drop = (reason: string): void =>
      void this.#dropped.push({ line, text: text.slice(0, 200), reason });
    const { path: pathColumn, score: scoreColumn, label: labelColumn, names } = this.#columns!;
    const fields = fieldsOf(text, this.#separator!);
    if (fields.length <= Math.max(pathColumn, scoreColumn)) {
      drop(
        `has ${fields.length === 1 ? '1 field' : `${fields.length} fields`}; a path and a score are needed`,
      );
      return;
    }
    const path = withForwardSlashes(fields[pathColumn]);
    if (path === '') {
      drop('has no path');
      return;
    }
    const value = fields[scoreColumn];
    if (!finiteNumber.test(value)) {
      drop(whyNotAScore(value));
      return;
    }
    const score = Number(value);
    if (!Number.isFinite(score)) {
      drop(`its score ${value} is too large for a number`);
      return;
    }
    if (names !== undefined && fields.length !== names.length) this.#unexpectedFields++;
    const before = this.#rows.get(path);
    if (before !== undefined) {
      const lines = this.#repeated.get(path);
      if (lines === undefined) this.#repeated.set(path, [before.line, line]);
      else lines.push(line);
    }
    const label = labelColumn === undefined ? undefined : fields.at(labelColumn);
    this.#rows.set(path, {
      path,
      score,
      label: label === '' ? undefined : label,
      extra: extraOf(fields, this.#columns!),
      line,
    });
  }
}

const noExtra: Readonly<Record<string, string>> = {};

function extraOf(
  fields: readonly string[],
  { path, score, label, names }: Columns,
): Readonly<Record<string, string>> {
  if (fields.length <= (label === undefined ? 2 : 3)) return noExtra;
  const extra: Record<string, string> = {};
  fields.forEach((field, position) => {
    if (position === path || position === score || position === label) return;
    extra[names?.at(position) ?? `column${position + 1}`] = field;
  });
  return extra;
}

function whyNotAScore(value: string): string {
  if (value === '') return 'its score is empty';
  if (notFinite.test(value)) return `its score is ${value}, not a finite number`;
  if (decimalComma.test(value))
    return `its score ${value} has a decimal comma; write ${value.replace(',', '.')}`;
  const shown = JSON.stringify(value.length > 40 ? value.slice(0, 40) + '...' : value);
  return `its score ${shown} is not a number (a path that holds the separator must be quoted)`;
}

function withForwardSlashes(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
}

/** `a.jpg,0,97` is 0.97 with a decimal comma, or score 0 and label 97: it must not be read as the latter. */
function refuseDecimalCommas(
  file: string,
  separator: Separator,
  columns: Columns,
  fields: readonly string[][],
): void {
  if (separator !== ',' || columns.names !== undefined) return;
  const suspect = fields.filter(
    (row) => row.length === 3 && /^[+-]?[01]$/.test(row[1]) && /^\d{2,}$/.test(row[2]),
  );
  if (suspect.length === 0 || suspect.length < fields.length / 2) return;
  const [path, whole, fraction] = suspect[0];
  throw new Problem(
    file,
    `its scores seem to have decimal commas ("${path},${whole},${fraction}")`,
    'write them with a point, or separate the fields with semicolons',
  );
}
