import { basename } from 'node:path/posix';
import { join } from 'node:path';
import { Problem } from '../../../problem.js';
import { fileName, stem } from '../../output-name.js';
import type { MorphItem } from './morph.task.js';

/** Two photographs of two persons that are to be morphed. Paths are relative to the folder of the images. */
export interface MorphPair {
  readonly a: string;
  readonly b: string;
  readonly identityA: string;
  readonly identityB: string;
}

/** An image of the set with what the tables say of it. */
export interface PlannedImage {
  readonly item: MorphItem;
  readonly kind: 'morph' | 'bonafide';
  readonly a: string;
  readonly identityA: string;
  readonly b?: string;
  readonly identityB?: string;
}

/**
 * The images of a set: `morph/<a>_<b>` for every pair and, where asked for, `bonafide/<a>` for every photograph in them.
 *
 * @param folder of the photographs
 * @throws {Problem} where two morphs would have one name
 */
export function planImages(
  pairs: readonly MorphPair[],
  folder: string,
  extension: 'png' | 'jpg',
  bonaFides: boolean,
): PlannedImage[] {
  const identities = new Map(
    pairs.flatMap(({ a, b, identityA, identityB }) => [[a, identityA] as const, [b, identityB] as const]),
  );
  const nameOf = imageNames([...identities.keys()]);
  const morphs = pairs.map(({ a, b, identityA, identityB }): PlannedImage => {
    const output = `morph/${nameOf(a)}_${nameOf(b)}.${extension}`;
    const item = { name: output, output, fileA: join(folder, a), fileB: join(folder, b) };
    return { item, kind: 'morph', a, identityA, b, identityB };
  });
  const originals = [...identities].map(([a, identityA]): PlannedImage => {
    const output = `bonafide/${nameOf(a)}.${extension}`;
    return { item: { name: output, output, fileA: join(folder, a) }, kind: 'bonafide', a, identityA };
  });
  const images = bonaFides ? [...morphs, ...originals] : morphs;
  const names = new Set<string>();
  for (const { item } of images) {
    if (names.has(item.name)) throw new Problem(item.name, 'would be written twice', 'take the pair once');
    names.add(item.name);
  }
  return images;
}

/** The file name without extension where that tells all images apart, else the whole path in one word. */
function imageNames(paths: readonly string[]): (path: string) => string {
  const short = (path: string) => fileName(stem(basename(path)));
  const distinct = new Set(paths.map(short)).size === paths.length;
  return distinct ? short : (path) => fileName(stem(path));
}
