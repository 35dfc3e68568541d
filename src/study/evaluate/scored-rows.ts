import { classOfFolder } from '../../dataset/labels/class-of-folder.js';
import { labelsOfFileName } from '../../dataset/labels/file-name-labels.js';
import { readImageTable } from '../../dataset/labels/image-table.js';
import { readScoreFile } from '../../dataset/read-score-file.js';
import { identityColumns, type Labels } from '../../dataset/labels/label-table.js';
import { rowOfPath } from '../../dataset/labels/row-of-path.js';
import { identifyPeople } from '../../dataset/people/identify-people.js';
import { isIdentityScheme } from '../../dataset/people/identity-schemes.js';
import type { Loss } from '../../jobs/run/run-record.js';
import type { EvaluateRequest } from './evaluate-request.js';
import { groupsByKey } from './groups-by-key.js';

/** One row of a score file with all that is known of its image. */
export interface ScoredRow {
  readonly path: string;
  /** The higher, the more it should be accepted; NaN where the model gave none. */
  readonly score: number;
  readonly label: string | undefined;
  /** The further columns of the score file, by name. */
  readonly own: Readonly<Record<string, string>>;
  /** The columns of the score file and of the labels, by name. */
  readonly columns: Readonly<Record<string, string>>;
  readonly person: string | undefined;
  /** The group by each key of the request; undefined where it is not known. */
  readonly groups: Readonly<Record<string, string | undefined>>;
}

export interface ScoredRows {
  readonly rows: readonly ScoredRow[];
  /** Rows of the file that cannot be used. */
  readonly losses: readonly Loss[];
  readonly notes: readonly string[];
}

/** Labels that a column says in other words. */
const saidByColumn: Readonly<Record<string, string>> = { true: 'bona fide', '1': 'bona fide' };

/**
 * Reads a score file with the labels, persons and groups of its images.
 *
 * @param folders names of folders that are labels, where nothing else labels the images.
 * @param withoutScore paths of images without a score.
 * @throws Problem where a file cannot be read
 */
export async function scoredRows(
  file: string,
  request: EvaluateRequest,
  folders: readonly string[],
  withoutScore: readonly string[] = [],
): Promise<ScoredRows> {
  const { rows, dropped, notes } = await readScoreFile(file);
  const labels = await labelsFor(request.labels);
  const sign = request.scoreIs === 'attack' ? -1 : 1;
  const all = [
    ...rows.map(({ path, score, label, extra }) => ({ path, score: sign * score, label, extra })),
    ...withoutScore.map((path) => ({ path, score: Number.NaN, label: undefined, extra: {} })),
  ];
  const merged = all.map(({ path, score, label, extra }) => {
    const columns = { ...extra, ...labels?.of(path) };
    return { path, score, own: extra, columns, label: labelOf(path, label, columns, request, folders) };
  });
  const personOf = await personsFor(
    request.identities,
    merged.map(({ path }) => path),
  );
  const groupsOf = await groupsByKey(request.groups, request.groupBy);
  return {
    rows: merged.map((row) => {
      const person = personOf?.(row.path) ?? personColumn(row.columns);
      return { ...row, person, groups: groupsOf({ ...row, person }) };
    }),
    losses: dropped.map(({ line, reason }) => ({ item: `${file}, line ${line}`, reason })),
    notes: [...notes.map((note) => `${file}: ${note}`), ...(labels?.notes ?? [])],
  };
}

/** What is known of the paths of a score file. */
interface PathLabels {
  readonly of: (path: string) => Labels | undefined;
  readonly notes: readonly string[];
}

async function labelsFor(source: string | undefined): Promise<PathLabels | undefined> {
  switch (source) {
    case undefined:
    case 'folders':
      return undefined;
    case 'file-names':
      return {
        of: (path) => labelsOfFileName(path, 'utkface') ?? labelsOfFileName(path, 'frll'),
        notes: [],
      };
    default: {
      const table = await readImageTable(source);
      return { of: (path) => rowOfPath(table, path)?.labels, notes: table.notes };
    }
  }
}

/** In this order: the column that was asked for, what the labels say, the score file, the folders. */
function labelOf(
  path: string,
  own: string | undefined,
  columns: Readonly<Record<string, string>>,
  { labels, labelColumn }: EvaluateRequest,
  folders: readonly string[],
): string | undefined {
  if (labelColumn !== undefined) return column(columns, labelColumn);
  if (labels === 'folders') return classOfFolder(path, folders);
  const bonaFide = column(columns, 'is_bonafide');
  if (bonaFide !== undefined) return saidByColumn[bonaFide.toLowerCase()] ?? 'attack';
  return column(columns, 'label') ?? column(columns, 'class') ?? own ?? classOfFolder(path, folders);
}

async function personsFor(
  identities: string | undefined,
  paths: readonly string[],
): Promise<((path: string) => string | undefined) | undefined> {
  if (identities === undefined) return undefined;
  if (isIdentityScheme(identities)) return (await identifyPeople(paths, identities, undefined)).identityOf;
  const table = await readImageTable(identities);
  return (path) => personColumn(rowOfPath(table, path)?.labels ?? {});
}

/** The person that a column names. */
export function personColumn(columns: Readonly<Record<string, string>>): string | undefined {
  return [...identityColumns, 'claimed_id']
    .map((name) => column(columns, name))
    .find((name) => name !== undefined);
}

/** A field by the name of its column, upper and lower case alike; undefined where it is empty. */
export function column(columns: Readonly<Record<string, string>>, name: string): string | undefined {
  const found = Object.keys(columns).find((own) => own.toLowerCase() === name.toLowerCase());
  return found === undefined || columns[found] === '' ? undefined : columns[found];
}
