import { labelsOfFileName } from '../../dataset/labels/file-name-labels.js';
import { readImageTable } from '../../dataset/labels/image-table.js';
import { identityColumns } from '../../dataset/labels/label-table.js';
import { rowsOfImages } from '../../dataset/labels/rows-of-images.js';
import { identitySchemes, schemeOfPaths } from '../../dataset/people/identity-schemes.js';
import { Problem } from '../../problem.js';
import type { ImageItem } from '../image-items.js';

/** The classes of the images of a data set, and who is in them. */
export interface ImageClasses {
  /** The class of an image; undefined where none is given. */
  readonly labelOf: (image: ImageItem) => string | undefined;
  /** Who is in it, as far as labels or file names tell; else the image is a person of its own. */
  readonly personOf: (image: ImageItem) => string;
  /** Where the labels come from, in words. */
  readonly source: string;
  /** What there is to say of the table. */
  readonly notes: readonly string[];
}

const usualColumns = ['label', 'class', 'liveness', 'live', 'spoof', 'attack', 'species', 'gender', 'sex'];

/** Most labels that are taken for classes: more is a quantity such as age. */
const mostLabels = 12;

export interface LabelOptions {
  /** A CSV with paths and labels, or the JSON of CelebA-Spoof. */
  readonly labels?: string | undefined;
  /** Its column, or a part of UTKFace's file names. */
  readonly label?: string | undefined;
}

/**
 * The classes of images: of a table, else of UTKFace's file names, else the folder below the one that was named.
 * @param folders those that were named.
 * @throws {Problem} where there are none, or they are no classes.
 */
export async function imageClasses(
  folders: readonly string[],
  items: readonly ImageItem[],
  { labels, label }: LabelOptions,
): Promise<ImageClasses> {
  const people = personsByName(items);
  if (labels !== undefined) {
    const table = await readImageTable(labels);
    const column =
      label ?? usualColumns.find((name) => table.columns.includes(name)) ?? onlyColumn(table.columns);
    if (column === undefined || !table.columns.includes(column)) {
      throw new Problem(
        labels,
        column === undefined ? 'does not say which column is the class' : `has no column "${column}"`,
        `name one with --label: ${table.columns.join(', ')}`,
      );
    }
    const { byImage, notes } = rowsOfImages(table, items);
    const rowOf = ({ name }: ImageItem) => byImage.get(name);
    const who = identityColumns.find((name) => table.columns.includes(name));
    return checkedLabels(items, column, {
      labelOf: (item) => rowOf(item)?.[column],
      personOf: (item) => (who === undefined ? undefined : rowOf(item)?.[who]) ?? people(item),
      source: `${labels}, column ${column}`,
      notes,
    });
  }
  if (items.length > 0 && items.every(({ name }) => labelsOfFileName(name, 'utkface') !== undefined)) {
    const part = label ?? 'gender';
    return checkedLabels(items, part, {
      labelOf: ({ name }) => labelsOfFileName(name, 'utkface')![part],
      personOf: people,
      source: `UTKFace's file names, ${part}`,
      notes: [],
    });
  }
  const classOf = ({ name }: ImageItem) => name.split('/').slice(0, -1).at(0);
  if (!items.some((item) => classOf(item) !== undefined)) {
    throw new Problem(
      folders.join(', '),
      'its images lie in no folders that could name their classes',
      'give --labels FILE (CSV with file and label), or one folder for each class',
    );
  }
  return {
    labelOf: classOf,
    personOf: people,
    source: `the folders in ${folders.join(', ')}`,
    notes: [],
  };
}

function checkedLabels(items: readonly ImageItem[], column: string, labelling: ImageClasses): ImageClasses {
  const names = new Set(items.flatMap((item) => labelling.labelOf(item) ?? []));
  if (names.size <= mostLabels) return labelling;
  throw new Problem(
    labelling.source,
    `has ${names.size} different labels; the check is of classes, of which there may be ${mostLabels}`,
    `"${column}" may be a quantity: name another column with --label`,
  );
}

function onlyColumn(columns: readonly string[]): string | undefined {
  const others = columns.filter((name) => !identityColumns.includes(name));
  return others.length === 1 ? others[0] : undefined;
}

/** Persons by file names that are known to carry them; folders are classes here, not people. */
function personsByName(items: readonly ImageItem[]): (item: ImageItem) => string {
  const found = schemeOfPaths(items.map(({ name }) => name));
  const scheme = found === 'folder' ? undefined : found;
  return ({ name }) => {
    const own = scheme === undefined ? undefined : identitySchemes[scheme].identityOf(name);
    return own ?? identitySchemes.frll.identityOf(name) ?? name;
  };
}
