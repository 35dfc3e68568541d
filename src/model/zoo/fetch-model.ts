import { Problem } from '../../problem.js';
import type { FetchOptions } from './catalogue-entry.js';
import { findEntry } from './catalogue.js';
import { fetchFiles } from './fetch-files.js';

/**
 * Makes the file of a zoo entry available, fetching it where it is not in the cache.
 * @param name name of a catalogue entry that has one file.
 * @returns its path in the cache.
 * @throws Problem where the name is unknown, the file cannot be fetched or its checksum is wrong.
 */
export async function fetchModel(name: string, options: FetchOptions = {}): Promise<string> {
  const entry = await findEntry(name, options.home);
  if (entry.files.length !== 1) {
    throw new Problem(name, `it is a set of ${entry.files.length} files`, 'name a model instead');
  }
  const [path] = await fetchFiles(entry, options);
  return path;
}
