import { readLabelTable } from '../../dataset/labels/label-table.js';
import { columnOf, groupOf } from '../../dataset/people/group-column.js';
import { rowOfPath } from '../../dataset/labels/row-of-path.js';
import { Problem } from '../../problem.js';

type Columns = Readonly<Record<string, string>>;

/** The groups of an image by each key; undefined where one is not known. */
export type GroupsByKey = (image: GroupedImage) => Record<string, string | undefined>;

/** What a table of groups can know an image by. */
export interface GroupedImage {
  readonly path: string;
  readonly person: string | undefined;
  /** What is known of it without a table. */
  readonly columns: Columns;
}

/**
 * Finds the groups of images by keys, each a column or several that are crossed: `gender`, `gender+race`.
 *
 * @param file a table by image or by person; by default the columns of the score file and of the labels say it.
 * @throws Problem where the table cannot be read or lacks a column
 */
export async function groupsByKey(file: string | undefined, keys: readonly string[]): Promise<GroupsByKey> {
  if (keys.length === 0) return () => ({});
  const of = file === undefined ? undefined : await rowsOf(file, keys);
  return (image) => {
    const known = of?.(image) ?? image.columns;
    return Object.fromEntries(keys.map((key) => [key, groupIn(key, known)]));
  };
}

/** The row of an image in a table, by its path or its person. @throws Problem as `groupsByKey`. */
async function rowsOf(
  file: string,
  keys: readonly string[],
): Promise<(image: GroupedImage) => Columns | undefined> {
  const table = await readLabelTable(file, ['path', 'identity']);
  for (const part of keys.flatMap((key) => key.split('+'))) {
    if (columnOf(part, table.columns) !== undefined) continue;
    throw new Problem(
      `group ${part}`,
      `is no column of ${file}`,
      `its columns are: ${table.columns.join(', ')}`,
    );
  }
  if (table.key === 'identity') {
    return ({ person }) => (person === undefined ? undefined : table.byKey.get(person));
  }
  return ({ path }) => rowOfPath(table, path)?.labels;
}

function groupIn(key: string, columns: Columns): string | undefined {
  const groups = key.split('+').map((part) => {
    const column = columnOf(part, Object.keys(columns));
    return column === undefined ? undefined : groupOf(columns[column], column);
  });
  return groups.some((group) => group === undefined || group === '') ? undefined : groups.join(', ');
}
