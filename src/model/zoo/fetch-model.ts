import { Problem } from '../../problem.js';
import type { FetchOptions } from './catalogue-entry.js';
import { findEntry } from './catalogue.js';
import { fetchFiles } from './fetch-files.js';

/**
 * Makes the files of a zoo entry available, fetching those that are not in the cache.
 * @param name name of a catalogue entry that is a model.
 * @returns the path in the cache of its first file; the files that this one names lie beside it.
 * @throws Problem where the name is unknown, the file cannot be fetched or its checksum is wrong.
 */
export async function fetchModel(name: string, options: FetchOptions = {}): Promise<string> {
  const entry = await findEntry(name, options.home);
  if (entry.task === 'photographs') {
    throw new Problem(name, `it is a set of ${entry.files.length} files`, 'name a model instead');
  }
  const [path] = await fetchFiles(entry, options);
  return path;
}
