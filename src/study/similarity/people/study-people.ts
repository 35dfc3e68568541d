import type { People, PeopleNote, Person } from '../../../dataset/people/person.js';
import { type PeopleOptions, readPeople } from '../../../dataset/people/read-people.js';
import { Problem } from '../../../problem.js';
import type { ImageFolder } from './image-folders.js';

/** A key that every study of several folders has: the name of the folder. */
const folderKey = 'dataset';

/**
 * The people of one or several folders, whose identities are told apart by the folder: `frll/001`. Of several folders one
 * may know nothing of a group: its people are then in none, and a note tells.
 *
 * @throws Problem where one of them has no identities, or none knows of a group.
 */
export async function studyPeople(folders: readonly ImageFolder[], options: PeopleOptions): Promise<People> {
  const several = folders.length > 1;
  const keys = [...new Set(options.groupBy)];
  const asked = keys.filter((key) => key !== folderKey || !several);
  const read = await Promise.all(
    folders.map(({ images }) =>
      several ? withKnownGroups(images, options, asked) : readAll(images, { ...options, groupBy: asked }),
    ),
  );
  for (const key of asked) {
    const problems = read.map(({ unknown }) => unknown.get(key));
    if (problems.every((problem) => problem !== undefined)) throw problems[0];
  }

  const persons = folders.flatMap(({ prefix }, at) =>
    read[at].people.persons.map(({ identity, images, groups }): Person => ({
      identity: `${prefix}${identity}`,
      images: images.map((image) => `${prefix}${image}`),
      groups: {
        ...groups,
        ...(several && keys.includes(folderKey) ? { [folderKey]: prefix.slice(0, -1) } : {}),
      },
    })),
  );
  const notes = folders.flatMap(({ prefix }, at): PeopleNote[] => {
    const name = several ? `${prefix.slice(0, -1)}: ` : '';
    const { people, unknown } = read[at];
    return [
      ...people.notes.map((note) => ({ ...note, text: `${name}${note.text}` })),
      ...(unknown.size === 0
        ? []
        : [
            {
              kind: 'no-group',
              text: `${name}nobody is in a group of ${[...unknown.keys()].join(', ')}`,
            } satisfies PeopleNote,
          ]),
    ];
  });
  return {
    persons: persons.sort((a, b) => (a.identity < b.identity ? -1 : 1)),
    groups: Object.fromEntries(
      keys.map((key) => [key, [...new Set(persons.flatMap(({ groups }) => groups[key] ?? []))].sort()]),
    ),
    identifiedBy: [...new Set(read.map(({ people }) => people.identifiedBy))].join('; '),
    notes,
  };
}

interface ReadPeople {
  readonly people: People;
  /** Keys that nothing is known of here, and why. */
  readonly unknown: ReadonlyMap<string, Problem>;
}

async function readAll(images: readonly string[], options: PeopleOptions): Promise<ReadPeople> {
  return { people: await readPeople(images, options), unknown: new Map() };
}

/** Leaves out the groups that nothing is known of. */
async function withKnownGroups(
  images: readonly string[],
  options: PeopleOptions,
  keys: readonly string[],
): Promise<ReadPeople> {
  const unknown = new Map<string, Problem>();
  for (const key of keys) {
    try {
      await readPeople(images, { ...options, groupBy: [key] });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      unknown.set(key, error);
    }
  }
  const known = keys.filter((key) => !unknown.has(key));
  const people = await readPeople(
    images,
    known.length === 0 ? { identities: options.identities } : { ...options, groupBy: known },
  );
  return { people, unknown };
}
