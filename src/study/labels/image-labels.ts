import { dirname, resolve } from 'node:path';
import { labelsOfFileName } from '../../dataset/labels/file-name-labels.js';
import { identityColumns, readLabelTable } from '../../dataset/labels/label-table.js';
import { identitySchemes, schemeOfPaths } from '../../dataset/people/identity-schemes.js';
import { Problem } from '../../problem.js';
import type { ImageItem } from '../image-items.js';

/** What is known of the images of a data set. */
export interface ImageLabels {
  /** The class of an image; undefined where none is given. */
  readonly labelOf: (image: ImageItem) => string | undefined;
  /** Who is in it, as far as labels or file names tell; else the image is a person of its own. */
  readonly personOf: (image: ImageItem) => string;
  /** Where the labels come from, in words. */
  readonly source: string;
}

const usualColumns = ['label', 'class', 'liveness', 'live', 'spoof', 'attack', 'species', 'gender', 'sex'];

/** Most labels that are taken for classes: more is a quantity such as age. */
const mostLabels = 12;

export interface LabelOptions {
  /** A CSV with paths and labels. */
  readonly labels?: string | undefined;
  /** Its column, or a part of UTKFace's file names. */
  readonly label?: string | undefined;
}

/**
 * The labels of images: of a table, else of UTKFace's file names, else the folder below the one that was named.
 * @param folders what paths may be relative to, beside the folder of the table.
 * @throws {Problem} where there are none, or they are no classes.
 */
export async function imageLabels(
  folders: readonly string[],
  items: readonly ImageItem[],
  { labels, label }: LabelOptions,
): Promise<ImageLabels> {
  const people = personsByName(items);
  if (labels !== undefined) {
    const table = await readLabelTable(labels);
    const column =
      label ?? usualColumns.find((name) => table.columns.includes(name)) ?? onlyColumn(table.columns);
    if (column === undefined || !table.columns.includes(column)) {
      throw new Problem(
        labels,
        column === undefined ? 'does not say which column is the class' : `has no column "${column}"`,
        `name one with --label: ${table.columns.join(', ')}`,
      );
    }
    // Paths may be relative to the folder of the images or to that of the table.
    const byFile = new Map(
      [...table.byKey].flatMap(([key, row]) =>
        [...folders, dirname(labels)].map((folder) => [resolve(folder, key), row] as const),
      ),
    );
    const rowOf = ({ file }: ImageItem) => byFile.get(resolve(file));
    if (!items.some((item) => rowOf(item) !== undefined)) {
      throw new Problem(
        labels,
        `names none of the ${items.length} images in ${folders.join(', ')}, such as ${items[0]?.name ?? ''}`,
        'write paths relative to that folder',
      );
    }
    const who = identityColumns.find((name) => table.columns.includes(name));
    return checkedLabels(items, column, {
      labelOf: (item) => rowOf(item)?.[column],
      personOf: (item) => (who === undefined ? undefined : rowOf(item)?.[who]) ?? people(item),
      source: `${labels}, column ${column}`,
    });
  }
  if (items.length > 0 && items.every(({ name }) => labelsOfFileName(name, 'utkface') !== undefined)) {
    const part = label ?? 'gender';
    return checkedLabels(items, part, {
      labelOf: ({ name }) => labelsOfFileName(name, 'utkface')![part],
      personOf: people,
      source: `UTKFace's file names, ${part}`,
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
  return { labelOf: classOf, personOf: people, source: `the folders in ${folders.join(', ')}` };
}

function checkedLabels(items: readonly ImageItem[], column: string, labelling: ImageLabels): ImageLabels {
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
