import { readImageTable } from '../../dataset/labels/image-table.js';
import { type ListedImage, rowsOfImages } from '../../dataset/labels/rows-of-images.js';
import { Problem } from '../../problem.js';

/** How images are put into groups for mean maps and rankings. */
export interface Grouping {
  /** What the groups are, in words; null where the images are not grouped. */
  readonly title: string | null;
  readonly groupOf: (name: string) => string | undefined;
  /** The person in an image, where the labels tell; images of one person are not independent. */
  readonly subjectOf: (name: string) => string | undefined;
}

export interface GroupOptions {
  /** A CSV of labels. */
  readonly labels?: string | undefined;
  /** The column to group by; without labels, images are grouped by their first folder. */
  readonly groupBy?: string | undefined;
}

/** Columns that name the person in an image. */
const subjectColumns = ['subject', 'identity', 'person', 'id'];

/**
 * Reads the groups of images: the values of a column of labels, or else the folders that the images lie in.
 * @throws {Problem} where the column does not exist, or no image has a row.
 */
export async function readGroups(
  { labels, groupBy }: GroupOptions,
  images: readonly ListedImage[],
): Promise<Grouping> {
  if (labels === undefined) {
    if (groupBy !== undefined)
      throw new Problem('--group-by', 'names a column of a table of labels', 'give --labels FILE');
    const folders = new Set(images.map(({ name }) => firstFolder(name)));
    const grouped = folders.size > 1;
    return {
      title: grouped ? 'folder' : null,
      groupOf: (name) => (grouped ? (firstFolder(name) ?? '(no folder)') : undefined),
      subjectOf: () => undefined,
    };
  }
  const table = await readImageTable(labels);
  if (groupBy !== undefined && !table.columns.includes(groupBy)) {
    throw new Problem(
      `--group-by ${groupBy}`,
      `is no column of ${labels}`,
      `its columns are ${table.columns.join(', ')}`,
    );
  }
  const { byImage } = rowsOfImages(table, images);
  const subjectColumn = subjectColumns.find((column) => table.columns.includes(column));
  return {
    title: groupBy ?? null,
    groupOf: (name) => (groupBy === undefined ? undefined : byImage.get(name)?.[groupBy]),
    subjectOf: (name) => (subjectColumn === undefined ? undefined : byImage.get(name)?.[subjectColumn]),
  };
}

function firstFolder(name: string): string | undefined {
  return name.includes('/') ? name.split('/')[0] : undefined;
}
