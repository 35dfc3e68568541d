import { join } from 'node:path';
import { classOfFolder } from '../../dataset/labels/class-of-folder.js';
import { type ImageTable, readImageTable } from '../../dataset/labels/image-table.js';
import { rowsOfImages } from '../../dataset/labels/rows-of-images.js';
import { identifyPeople } from '../../dataset/people/identify-people.js';
import { splitNames, splitPeople, type Split, type SplitShares } from '../../dataset/people/split-people.js';
import { walkImages } from '../../dataset/walk-images.js';
import { Problem } from '../../problem.js';

export interface TrainingDataOptions {
  readonly inputPath: string;
  /** A CSV with the columns path and class, and, where they are known, identity and split. */
  readonly labels?: string | undefined;
  /** All images are of this class. */
  readonly class?: string | undefined;
  /** Who is in the images, where `labels` does not say it: a scheme, or a CSV. */
  readonly identities?: string | undefined;
  readonly splits: SplitShares;
  readonly seed: number;
}

/** One image of a training set. */
export interface LabelledImage {
  /** Relative to the folder of the data set. */
  readonly name: string;
  readonly file: string;
  readonly class: string;
  /** Who is in it; two people where it is a morph. */
  readonly people: readonly string[];
  readonly split: Split;
}

export interface TrainingData {
  /** In the order of their names. */
  readonly images: readonly LabelledImage[];
  readonly classes: readonly string[];
  /** How many people each split has. */
  readonly people: Readonly<Record<Split, number>>;
  /** Where the identities came from. */
  readonly identifiedBy: string;
  readonly notes: readonly string[];
  readonly problems: readonly Problem[];
}

/** Columns that hold the class. */
const classColumns = ['class', 'label', 'species'];

/**
 * The images of a training set with class, people and split. Splits are by person: an image with people of two splits
 * (a morph) is in none, and a note tells how many there are.
 * @param known class names to which those of folders and tables must belong; any where left out
 * @throws {Problem} where an image has no class or person, a person is in two splits, or a split lacks a class.
 */
export async function readTrainingData(
  options: TrainingDataOptions,
  known?: readonly string[],
): Promise<TrainingData> {
  const { inputPath, seed, splits } = options;
  const { images: found, problems } = await walkImages(inputPath);
  const table = options.labels === undefined ? undefined : await tableOf(options.labels, inputPath, found);
  const names = table === undefined ? found : found.filter((name) => table.byKey.has(name));
  const notes: string[] = [...(table?.notes ?? [])];
  const unnamed = found.length - names.length;
  if (unnamed > 0) {
    notes.push(`${unnamed} of ${found.length} images are not in ${table!.file} and not used`);
  }
  const classOf = classesOf(options, table, known);
  const peopleOf = await peopleOfImages(names, options, table);
  const splitOf = table?.columns.includes('split')
    ? splitsOfTable(names, table, peopleOf.of)
    : drawnSplits(names, peopleOf.of, splits, seed);
  const images = names.flatMap((name): LabelledImage[] => {
    const split = splitOf(name);
    if (split === undefined) return [];
    return [{ name, file: join(inputPath, name), class: classOf(name), people: peopleOf.of(name), split }];
  });
  if (images.length < names.length) {
    notes.push(
      `${names.length - images.length} of ${names.length} images show people of two splits and are in none`,
    );
  }
  const people = Object.fromEntries(
    splitNames.map((split) => [
      split,
      new Set(images.flatMap((image) => (image.split === split ? image.people : []))).size,
    ]),
  ) as Record<Split, number>;
  const classes = known ?? [...new Set(images.map((image) => image.class))].sort();
  return { images, classes, people, identifiedBy: peopleOf.words, notes, problems };
}

/** The labels with the row of each image under its name. */
async function tableOf(labels: string, folder: string, images: readonly string[]): Promise<ImageTable> {
  const table = await readImageTable(labels);
  const { byImage, notes } = rowsOfImages(
    table,
    images.map((name) => ({ name, file: join(folder, name) })),
  );
  return { ...table, byKey: byImage, notes };
}

function classesOf(
  options: TrainingDataOptions,
  table: ImageTable | undefined,
  known: readonly string[] | undefined,
): (name: string) => string {
  const checked = (name: string, found: string | undefined): string => {
    const canonical = found === undefined ? undefined : classOfFolder(`${found}/x`, known ?? [found]);
    if (canonical !== undefined) return canonical;
    throw new Problem(
      name,
      found === undefined
        ? 'has no class'
        : `has the class "${found}", which is none of ${known!.join(', ')}`,
      'give its class in --labels, or put it into a folder of that name',
    );
  };
  if (options.class !== undefined) return () => checked('--class', options.class);
  if (table !== undefined) {
    const column = table.columns.find((name) => classColumns.includes(name.toLowerCase()));
    if (column === undefined) {
      throw new Problem(
        table.file,
        `has no column with the classes; its columns are: ${table.columns.join(', ') || 'none'}`,
        'name it "class" in the first line',
      );
    }
    return (name) => checked(name, table.byKey.get(name)?.[column]);
  }
  return known === undefined
    ? (name) => checked(name, name.includes('/') ? name.split('/')[0] : undefined)
    : (name) => checked(name, classOfFolder(name, known));
}

/** The people in each image; several are parted by `+`, as in `001+007`, or the table names a second one. */
async function peopleOfImages(
  names: readonly string[],
  { identities }: TrainingDataOptions,
  table: ImageTable | undefined,
): Promise<{ words: string; of: (name: string) => readonly string[] }> {
  const { words, identityOf } = await identifyPeople(names, identities, table);
  const people = new Map(
    names.map((name) => [
      name,
      [...identityOf(name).split('+'), table?.byKey.get(name)?.second_identity ?? '']
        .map((person) => person.trim())
        .filter((person) => person !== ''),
    ]),
  );
  return { words, of: (name) => people.get(name)! };
}

function drawnSplits(
  names: readonly string[],
  peopleOf: (name: string) => readonly string[],
  shares: SplitShares,
  seed: number,
): (name: string) => Split | undefined {
  const all = new Set(names.flatMap(peopleOf));
  const splits = splitPeople([...all], shares, seed);
  return (name) => {
    const own = new Set(peopleOf(name).map((person) => splits.get(person)!));
    return own.size === 1 ? [...own][0] : undefined;
  };
}

function splitsOfTable(
  names: readonly string[],
  table: ImageTable,
  peopleOf: (name: string) => readonly string[],
): (name: string) => Split {
  const splitOfPerson = new Map<string, { split: Split; name: string }>();
  const splitOf = (name: string): Split => {
    const text = table.byKey.get(name)?.split ?? '';
    const synonym = { val: 'validation', dev: 'validation', training: 'train' }[text] ?? text;
    const split = splitNames.find((each) => each === synonym);
    if (split !== undefined) return split;
    throw new Problem(
      table.file,
      `puts ${name} into the split "${text}"`,
      `there are ${splitNames.join(', ')}`,
    );
  };
  for (const name of names) {
    const split = splitOf(name);
    for (const person of peopleOf(name)) {
      const other = splitOfPerson.get(person);
      if (other !== undefined && other.split !== split) {
        throw new Problem(
          table.file,
          `has ${person} in two splits: ${other.name} in ${other.split}, ${name} in ${split}`,
          'a network that has seen a face knows it again: split by person',
        );
      }
      splitOfPerson.set(person, { split, name });
    }
  }
  return splitOf;
}
