import { plainName } from './plain-name.js';

/**
 * The class that the folders of a path name: the nearest folder above the file that is one of `classes`,
 * compared without regard to upper and lower case, blanks, `-` and `_` (so `Bona Fide/` is `bona_fide`).
 *
 * @returns the class as `classes` spells it, or `undefined` where no folder names one
 */
export function classOfFolder(path: string, classes: readonly string[]): string | undefined {
  const known = new Map(classes.map((name) => [plainName(name), name]));
  const folders = path.replaceAll('\\', '/').split('/').slice(0, -1);
  return folders
    .reverse()
    .map((folder) => known.get(plainName(folder)))
    .find((name) => name !== undefined);
}
