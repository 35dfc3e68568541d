import { dirname, posix, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Problem } from '../../problem.js';
import { listed } from '../people/listed.js';
import type { ImageTable } from './image-table.js';
import type { Labels } from './label-table.js';
import { rowOfPath } from './row-of-path.js';

/** An image of a folder. */
export interface ListedImage {
  /** Its path below that folder, with forward slashes. */
  readonly name: string;
  readonly file: string;
}

/** What a table says of images. */
export interface ImageRows {
  /** The row of an image by its name; images without one are left out. */
  readonly byImage: ReadonlyMap<string, Labels>;
  /** What there is to say of the table: lines that were not expected, rows without an image. */
  readonly notes: readonly string[];
}

/**
 * Finds the row of each image (docs/files.md, "Which row belongs to an image"): the one that has its path, relative to the
 * folder of the images or to that of the table. Where no row has the path of any image, the row is the longest ending of the
 * path, in whole names.
 *
 * @param images all of the folder, also those that are not asked for: rows are told apart by them.
 * @throws Problem where two rows could be of one image or two images of one row, or where no image has a row.
 */
export function rowsOfImages(table: ImageTable, images: readonly ListedImage[]): ImageRows {
  const { file, byKey } = table;
  const byPath = keysByPath(table, images);
  const keys = byPath.size > 0 ? byPath : keysByEnding(table, images);
  if (keys.size === 0) {
    const [row] = byKey.keys();
    throw new Problem(
      file,
      `has no row for any of the images, such as ${images.at(0)?.name ?? 'none'}; its first is ${row}`,
      'write paths relative to the folder of the images, or to that of the table',
    );
  }
  const used = new Set(keys.values());
  const unused = [...byKey.keys()].filter((key) => !used.has(key));
  return {
    byImage: new Map([...keys].map(([name, key]) => [name, byKey.get(key)!])),
    notes: [
      ...table.notes.map((note) => `${file}: ${note}`),
      ...(unused.length === 0 ? [] : [`${file}: images that are not there: ${listed(unused)}`]),
    ],
  };
}

/** The key of the row of each image, by its name, where rows are read as relative to the images or to the table. */
function keysByPath({ file, byKey }: ImageTable, images: readonly ListedImage[]): Map<string, string> {
  const names = new Set(images.map(({ name }) => name));
  const named = new Map([...byKey.keys()].map((key) => [posix.normalize(key), key]));
  const placed = new Map([...byKey.keys()].map((key) => [resolve(dirname(file), key), key]));
  const unclear = (what: string) =>
    new Problem(file, what, 'put it into the folder of the images, with paths relative to that folder');
  return new Map(
    images.flatMap((image) => {
      const own = named.get(image.name);
      const other = placed.get(resolve(image.file));
      const key = own ?? other;
      if (key === undefined) return [];
      if (other === undefined || other === own) return [[image.name, key] as const];
      // The row that is relative to the table may be relative to the images as well, and then is of another one.
      const ofAnother = names.has(posix.normalize(other));
      if (own === undefined && ofAnother) {
        throw unclear(`its row ${other} may be of the image ${posix.normalize(other)} or of ${image.name}`);
      }
      if (own !== undefined && !ofAnother && !isDeepStrictEqual(byKey.get(own), byKey.get(other))) {
        throw unclear(`its rows ${own} and ${other} may both be of the image ${image.name}`);
      }
      return [[image.name, key] as const];
    }),
  );
}

/** The key of the row of each image, by its name, where the paths of the images begin with folders that rows leave out. */
function keysByEnding(table: ImageTable, images: readonly ListedImage[]): Map<string, string> {
  const owners = new Map<string, string>();
  for (const image of images) {
    const key = rowOfPath(table, resolve(image.file))?.key;
    if (key === undefined) continue;
    const other = owners.get(key);
    if (other !== undefined) {
      throw new Problem(
        table.file,
        `its row ${key} may be of the image ${other} or of ${image.name}`,
        'write paths relative to the folder of the images',
      );
    }
    owners.set(key, image.name);
  }
  return new Map([...owners].map(([key, name]) => [name, key]));
}
