import { Problem } from '../../problem.js';
import { labelsOfFileName } from '../labels/file-name-labels.js';
import type { LabelTable } from '../labels/label-table.js';
import { columnOf, groupOf } from './group-column.js';
import { listed } from './listed.js';
import type { PeopleNote } from './person.js';

/** The images of a data set by person. */
export interface IdentifiedImages {
  readonly images: readonly string[];
  readonly identityOf: (image: string) => string;
  readonly imagesOf: ReadonlyMap<string, readonly string[]>;
}

/**
 * The group of each person by a key, without those who are in none or in two.
 *
 * @param table without one, the file names say it (FRLL, UTKFace).
 * @param notes what was found on the way is added.
 * @throws Problem where the key is not known, or nobody is in a group
 */
export function groupPeople(
  key: string,
  people: IdentifiedImages,
  table: LabelTable | undefined,
  notes: PeopleNote[],
): Map<string, string> {
  const statements = table === undefined ? saidByNames(key, people) : saidByTable(key, people, table, notes);
  return settled(key, statements, people, notes);
}

/** What is said of somebody, and where. */
interface Statement {
  readonly identity: string;
  readonly group: string;
  readonly source: string;
}

function saidByNames(key: string, { images, identityOf }: IdentifiedImages): Statement[] {
  const labels = images.map(
    (image) => labelsOfFileName(image, 'utkface') ?? labelsOfFileName(image, 'frll') ?? {},
  );
  const column = columnOf(key, [...new Set(labels.flatMap((each) => Object.keys(each)))]);
  if (column === undefined) {
    throw new Problem(
      `group ${key}`,
      'is in no file name',
      'give a CSV with this column, and one with the file or the identity',
    );
  }
  return images.flatMap((image, at) => {
    const group = groupOf(labels[at][column], column);
    return group === undefined ? [] : [{ identity: identityOf(image), group, source: image }];
  });
}

function saidByTable(
  key: string,
  { images, identityOf, imagesOf }: IdentifiedImages,
  table: LabelTable,
  notes: PeopleNote[],
): Statement[] {
  const column = columnOf(key, table.columns);
  if (column === undefined) {
    throw new Problem(
      `group ${key}`,
      `is no column of ${table.file}`,
      `its columns are: ${table.columns.join(', ') || 'none'}`,
    );
  }
  const byPath = table.key === 'path';
  const known = new Set<string>(byPath ? images : imagesOf.keys());
  const rows = table.rows.map((row) => ({ ...row, group: groupOf(row.labels[column], column) }));
  const unknown = rows.filter((row) => !known.has(row.key));
  if (unknown.length === rows.length) {
    throw new Problem(
      table.file,
      `has no row for any of the ${byPath ? 'images' : 'persons'}`,
      `its ${byPath ? 'paths' : 'identities'} must look like ${[...known][0]}`,
    );
  }
  const statements = rows.flatMap(({ key: name, group, line }) =>
    group === undefined || !known.has(name)
      ? []
      : [{ identity: byPath ? identityOf(name) : name, group, source: `line ${line}` }],
  );
  if (unknown.length > 0) {
    const names = listed([...new Set(unknown.map((row) => row.key))]);
    notes.push(
      byPath
        ? { kind: 'unknown-images', text: `${table.file}: images that are not there: ${names}` }
        : { kind: 'unknown-identities', text: `${table.file}: identities without an image: ${names}` },
    );
  }
  const withPeople = new Set(statements.map(({ group }) => group));
  const empty = new Set(unknown.map(({ group }) => group).filter((group) => group !== undefined));
  for (const group of [...empty].sort()) {
    if (withPeople.has(group)) continue;
    notes.push({ kind: 'empty-group', text: `${key} ${group}: nobody of this group has an image` });
  }
  return statements;
}

/** The one group of each person. */
function settled(
  key: string,
  statements: readonly Statement[],
  { imagesOf }: IdentifiedImages,
  notes: PeopleNote[],
): Map<string, string> {
  const sources = new Map<string, Map<string, string>>();
  for (const { identity, group, source } of statements) {
    const own = sources.get(identity) ?? new Map<string, string>();
    sources.set(identity, own);
    if (!own.has(group)) own.set(group, source);
  }
  const groups = new Map<string, string>();
  const twofold: string[] = [];
  for (const [identity, own] of sources) {
    const [[group]] = own;
    if (own.size === 1) groups.set(identity, group);
    else twofold.push(`${identity} (${[...own].map(([name, source]) => `${name}: ${source}`).join('; ')})`);
  }
  if (groups.size === 0) {
    throw new Problem(
      `group ${key}`,
      twofold.length > 0 ? `everybody is in two groups: ${listed(twofold)}` : 'nobody is in any group',
      'group by something that is known, and the same in all images of a person',
    );
  }
  if (twofold.length > 0) {
    notes.push({
      kind: 'two-groups',
      text: `${key}: in two groups, so counted in none: ${listed(twofold)}`,
    });
  }
  const without = [...imagesOf.keys()].filter((identity) => !sources.has(identity));
  if (without.length > 0) {
    notes.push({ kind: 'no-group', text: `${key}: in no group: ${listed(without)}` });
  }
  const members = [...groups.values()];
  for (const group of [...new Set(members)].sort()) {
    if (members.indexOf(group) !== members.lastIndexOf(group)) continue;
    notes.push({
      kind: 'small-group',
      text: `${key} ${group}: one person only, so no interval and no test`,
    });
  }
  return groups;
}
