import { Problem } from '../../problem.js';
import { classOfFolder } from './class-of-folder.js';
import { columnOf } from '../people/group-column.js';
import { labelsOfFileName, type NamingScheme } from './file-name-labels.js';
import { type ImageTable, readImageTable } from './image-table.js';
import type { Labels } from './label-table.js';
import { type ListedImage, rowsOfImages } from './rows-of-images.js';

/** What is known of the images of a data set. */
export interface LabelledImages {
  /** By the name of the image; those that have no label are left out. */
  readonly byImage: ReadonlyMap<string, Labels>;
  /** The columns that at least one image has. */
  readonly columns: readonly string[];
  /** Where the labels came from, in words. */
  readonly source: string;
  /** One for each image without labels. */
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

export interface LabelledImagesOptions {
  /** All images of the folder, of which some are asked for. */
  readonly folder: readonly ListedImage[];
  /** A CSV with a column of paths, or the JSON of CelebA-Spoof. */
  readonly table?: string | undefined;
  /** The column that a folder's name is the value of, where neither a table nor the file names have labels. */
  readonly attribute: string;
  /** The values that a folder may name. */
  readonly values: readonly string[];
}

const schemes = {
  utkface: 'age_gender_race_date.jpg, as in UTKFace',
  frll: 'subject_picture.jpg, as in FRLL',
} as const satisfies Record<NamingScheme, string>;

/**
 * The labels of images: of a table where there is one; else of the file names, where some follow a scheme (UTKFace, FRLL);
 * else of the folders, for one attribute alone.
 *
 * @param images their names, with forward slashes.
 * @throws Problem where the table cannot be used, or no image has a label
 */
export async function labelledImages(
  images: readonly string[],
  options: LabelledImagesOptions,
): Promise<LabelledImages> {
  if (options.table !== undefined) return saidByTable(images, await readImageTable(options.table), options);
  for (const scheme of Object.keys(schemes) as NamingScheme[]) {
    const labels = images.map((image) => labelsOfFileName(image, scheme));
    // What a scheme says nothing about does not follow it: names of other data sets may happen to fit.
    const carries = labels.some((label) => columnOf(options.attribute, Object.keys(label ?? {})));
    if (!carries) continue;
    return collected(images, (_, at) => labels[at], {
      source: `file names (${schemes[scheme]})`,
      lacks: `its name is malformed: it carries no labels in the form ${schemes[scheme]}`,
      remedy: 'name it so, or give --labels',
    });
  }
  const { attribute, values } = options;
  const labels = collected(
    images,
    (image) => {
      const value = classOfFolder(image, values);
      return value === undefined ? undefined : { [attribute]: value };
    },
    {
      source: 'folders',
      lacks: `is unlabelled: neither its name nor a folder above it says its ${attribute}`,
      remedy: `give --labels, or put it below a folder named ${values.join(' or ')}`,
    },
  );
  if (labels.byImage.size > 0) return labels;
  throw new Problem(
    `--attribute ${attribute}`,
    `neither file names nor folders of the ${images.length} images say it`,
    'give a CSV with --labels, or name folders after the classes',
  );
}

function saidByTable(
  images: readonly string[],
  table: ImageTable,
  { folder, attribute }: LabelledImagesOptions,
): LabelledImages {
  if (columnOf(attribute, table.columns) === undefined) {
    throw new Problem(
      `--attribute ${attribute}`,
      `is no column of ${table.file}`,
      `its columns are: ${table.columns.join(', ') || 'none'}`,
    );
  }
  const { byImage, notes } = rowsOfImages(table, folder);
  const labels = collected(images, (image) => byImage.get(image), {
    source: table.file,
    lacks: `is unlabelled: it has no line in ${table.file}`,
    remedy: 'add one, or leave the image out',
  });
  if (labels.byImage.size === 0) {
    throw new Problem(
      table.file,
      `has no row for any of the ${images.length} images that were drawn`,
      'raise --limit, or draw with --balanced',
    );
  }
  return { ...labels, notes };
}

function collected(
  images: readonly string[],
  labelsOf: (image: string, at: number) => Labels | undefined,
  { source, lacks, remedy }: { readonly source: string; readonly lacks: string; readonly remedy: string },
): LabelledImages {
  const byImage = new Map<string, Labels>();
  const problems: Problem[] = [];
  images.forEach((image, at) => {
    const labels = labelsOf(image, at);
    if (labels === undefined) problems.push(new Problem(image, lacks, remedy));
    else byImage.set(image, labels);
  });
  const columns = [...new Set([...byImage.values()].flatMap((labels) => Object.keys(labels)))];
  return { byImage, columns, source, problems, notes: [] };
}
