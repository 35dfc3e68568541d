import { stat } from 'node:fs/promises';
import type { CatalogueEntry } from './catalogue-entry.js';
import { readCatalogue } from './catalogue.js';
import { cachedPath } from './fetch-files.js';
import { homeFolder } from './home-folder.js';

export interface ListedModel {
  readonly name: string;
  readonly task: CatalogueEntry['task'];
  /** What it is, in one line. */
  readonly what: string;
  readonly licence: string;
  /** Where it comes from: `package@version`, an address or a file. */
  readonly origin: string;
  /** Size of all its files. */
  readonly bytes: number;
  /** Whether all its files lie in the cache. Their checksums are checked when they are used. */
  readonly cached: boolean;
}

/** Everything that the zoo provides, in the catalogue's order. */
export async function listModels(options: { home?: string | undefined } = {}): Promise<ListedModel[]> {
  const home = homeFolder(options.home);
  return Promise.all((await readCatalogue(home)).map((entry) => list(entry, home)));
}

async function list(entry: CatalogueEntry, home: string): Promise<ListedModel> {
  const { name, task, what, licence, source, files } = entry;
  const present = await Promise.all(
    files.map((file) =>
      stat(cachedPath(home, entry, file)).then(
        ({ size }) => size === file.bytes,
        () => false,
      ),
    ),
  );
  const origin =
    source.kind === 'package'
      ? `${source.package}@${source.version}`
      : source.kind === 'address'
        ? source.url
        : source.path;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { name, task, what, licence, origin, bytes, cached: present.every(Boolean) };
}
