import { readLabelTable } from '../labels/label-table.js';
import { groupPeople } from './group-people.js';
import { identifyPeople } from './identify-people.js';
import { listed } from './listed.js';
import type { People, PeopleNote, Person } from './person.js';

export interface PeopleOptions {
  /**
   * Where the identities are: a scheme (`identitySchemes`), or a CSV with a column of paths and one of persons. By
   * default the table of the groups, if it has both; otherwise the scheme that the paths follow.
   */
  readonly identities?: string | undefined;
  /** A CSV of labels by image or by person. Without it the groups are in the file names (FRLL, UTKFace). */
  readonly groups?: string | undefined;
  /** Keys of the groups: columns of the table. `sex` and `gender` are one, as are `ethnicity` and `race`. */
  readonly groupBy?: readonly string[] | undefined;
}

/**
 * Who is in the images, and in which groups. A column `age` of numbers is grouped by decades.
 *
 * A group holds persons, so what a table says of the images of one person must agree: who is in two groups of a key is
 * counted in none of them, and a note tells. So do notes of persons with one image, of identities without image, of
 * people without group, and of groups without people or with one person.
 *
 * @param images paths with forward slashes relative to the folder of the data set, as `walkImages` gives them.
 * @throws Problem where a table cannot be used, an image names no person, a key is no column, or nobody is in a group
 */
export async function readPeople(images: readonly string[], options: PeopleOptions = {}): Promise<People> {
  const table =
    options.groups === undefined ? undefined : await readLabelTable(options.groups, ['path', 'identity']);
  const notes = (table?.notes ?? []).map((text): PeopleNote => ({
    kind: 'table',
    text: `${table!.file}: ${text}`,
  }));
  const { identityOf, words } = await identifyPeople(images, options.identities, table);
  const imagesOf = new Map<string, string[]>();
  for (const image of images) {
    const own = imagesOf.get(identityOf(image)) ?? [];
    imagesOf.set(identityOf(image), own);
    own.push(image);
  }
  const identities = [...imagesOf.keys()].sort();
  const single = identities.filter((identity) => imagesOf.get(identity)!.length === 1);
  if (single.length > 0) {
    const who = single.length === identities.length ? 'everybody' : listed(single);
    notes.push({ kind: 'one-image', text: `one image only: ${who}` });
  }

  const keys = [...new Set(options.groupBy)];
  const byKey = keys.map((key) => groupPeople(key, { images, identityOf, imagesOf }, table, notes));
  const persons = identities.map((identity): Person => ({
    identity,
    images: imagesOf.get(identity)!,
    groups: Object.fromEntries(
      keys.flatMap((key, at) => {
        const group = byKey[at].get(identity);
        return group === undefined ? [] : [[key, group]];
      }),
    ),
  }));
  const groups = Object.fromEntries(keys.map((key, at) => [key, [...new Set(byKey[at].values())].sort()]));
  return { persons, groups, identifiedBy: words, notes: unrepeated(notes) };
}

/** Two keys find the same unknown identities. */
function unrepeated(notes: readonly PeopleNote[]): PeopleNote[] {
  return [...new Map(notes.map((note) => [note.text, note])).values()];
}
