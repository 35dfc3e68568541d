import { Problem } from '../../problem.js';
import type { ImageTable } from '../labels/image-table.js';
import { identityColumns, readLabelTable } from '../labels/label-table.js';
import { type IdentityScheme, identitySchemes, isIdentityScheme, schemeOfPaths } from './identity-schemes.js';
import { listed } from './listed.js';

/** Who is in the images, and where that came from, in words. */
export interface Identification {
  readonly words: string;
  readonly identityOf: (image: string) => string;
}

/**
 * Finds the person in each image.
 *
 * @param asked a scheme or a CSV file; by default the table, if it names images and persons, or the scheme of the paths.
 * @throws Problem where an image has no person
 */
export async function identifyPeople(
  images: readonly string[],
  asked: string | undefined,
  table: ImageTable | undefined,
): Promise<Identification> {
  if (asked !== undefined && !isIdentityScheme(asked)) {
    return byTable(images, await identityTable(asked));
  }
  if (asked === undefined && table?.key === 'path' && identityColumnOf(table) !== undefined) {
    return byTable(images, table);
  }
  return byScheme(images, asked ?? schemeOfPaths(images), asked !== undefined);
}

async function identityTable(file: string): Promise<ImageTable> {
  if (!/[./\\]/.test(file)) {
    throw new Problem(
      `identities ${file}`,
      'is neither a scheme nor a table',
      `give ${Object.keys(identitySchemes).join(', ')} or a CSV file`,
    );
  }
  const table = await readLabelTable(file);
  if (identityColumnOf(table) === undefined) {
    throw new Problem(
      file,
      `has no column with the persons; its columns are: ${table.columns.join(', ')}`,
      'name it "identity" or "subject" in the first line',
    );
  }
  return table;
}

function byTable(images: readonly string[], table: ImageTable): Identification {
  const column = identityColumnOf(table)!;
  const without = images.filter((image) => table.byKey.get(image)?.[column] === undefined);
  if (without.length > 0) {
    throw new Problem(
      table.file,
      `does not say who is in these images: ${listed(without)}`,
      without.length === images.length
        ? `its paths must look like ${images[0]}`
        : 'add their rows, or move these images out of the folder',
    );
  }
  return {
    words: `the column ${column} of ${table.file}`,
    identityOf: (image) => table.byKey.get(image)![column],
  };
}

function byScheme(images: readonly string[], scheme: IdentityScheme, asked: boolean): Identification {
  const { words, identityOf } = identitySchemes[scheme];
  const without = images.filter((image) => identityOf(image) === undefined);
  if (without.length > 0) {
    throw new Problem(
      asked ? `identities ${scheme}` : 'identities',
      `${words} names no person in these images: ${listed(without)}`,
      'put each person in a folder of their own, choose another scheme, or give a CSV with the columns file and identity',
    );
  }
  return { words, identityOf: (image) => identityOf(image)! };
}

function identityColumnOf(table: ImageTable): string | undefined {
  return table.columns.find((column) => identityColumns.includes(column.toLowerCase()));
}
