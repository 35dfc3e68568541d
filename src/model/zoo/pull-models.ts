import type { FetchOptions } from './catalogue-entry.js';
import { findEntry } from './catalogue.js';
import { fetchFiles } from './fetch-files.js';

/**
 * Fetches entries of the zoo ahead of their use, for instance for a machine without network.
 * @returns the paths of each entry's files, by the entry's name.
 * @throws Problem at the first entry that is unknown or cannot be fetched.
 */
export async function pullModels(
  names: readonly string[],
  options: FetchOptions = {},
): Promise<Record<string, string[]>> {
  const entries = await Promise.all(names.map((name) => findEntry(name, options.home)));
  const paths: Record<string, string[]> = {};
  for (const entry of entries) paths[entry.name] = await fetchFiles(entry, options);
  return paths;
}
