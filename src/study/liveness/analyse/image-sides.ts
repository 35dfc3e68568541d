import { stat } from 'node:fs/promises';
import { Problem } from '../../../problem.js';
import type { ImageItem } from '../../image-items.js';
import { bonaFideLabel } from '../../labels/bona-fide-label.js';
import { imageClasses, type LabelOptions } from '../../labels/image-classes.js';
import type { Side } from './compare-groups.js';

export interface SideOptions extends LabelOptions {
  readonly inputs: readonly string[];
  /** The label that is bona fide; all others are attacks. */
  readonly bonaFide?: string | undefined;
}

/** What is known of the truth of the images. */
export interface ImageSides {
  /** Undefined where an image has no label. */
  readonly sideOf: (image: ImageItem) => Side | undefined;
  readonly labelOf: (image: ImageItem) => string | undefined;
  readonly personOf: (image: ImageItem) => string;
  readonly source: string;
}

/**
 * Which images are bona fide and which are attacks, as a table or their folders say.
 * @returns `undefined` where nothing says it: no table is given, and no folder is called live, real or the like
 * @throws {Problem} where a table is given that does not say which label is bona fide.
 */
export async function imageSides(
  items: readonly ImageItem[],
  { inputs, bonaFide, ...options }: SideOptions,
): Promise<ImageSides | undefined> {
  const told = options.labels !== undefined || bonaFide !== undefined;
  if (!told && !items.some(({ name }) => name.includes('/'))) return undefined;
  const facts = await Promise.all(
    inputs.map(async (path) => ({ path, folder: (await stat(path)).isDirectory() })),
  );
  const folders = facts.flatMap(({ path, folder }) => (folder ? [path] : []));
  const { labelOf, personOf, source } = await imageClasses(folders, items, options);
  const names = [...new Set(items.flatMap((item) => labelOf(item) ?? []))].sort();
  const live = bonaFideLabel(names, bonaFide, source);
  if (live === undefined) {
    if (!told) return undefined;
    throw new Problem(
      source,
      `does not say which label is bona fide: ${names.join(', ')}`,
      'name it with --bona-fide',
    );
  }
  return {
    sideOf: (image) => {
      const label = labelOf(image);
      return label === undefined ? undefined : label === live ? 'bona fide' : 'attack';
    },
    labelOf,
    personOf,
    source,
  };
}
