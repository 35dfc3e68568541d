import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileProblem } from '../dataset/file-problem.js';
import { walkImages } from '../dataset/walk-images.js';
import { Problem } from '../problem.js';
import { checkNames } from './check-names.js';

/** One image of a study. */
export interface ImageItem {
  /** Its path relative to the folder that was named, or its file name: the name of its outputs, unique in the study. */
  readonly name: string;
  readonly file: string;
}

export interface ImageItems {
  readonly items: readonly ImageItem[];
  /** What could not be listed. */
  readonly problems: readonly Problem[];
}

/**
 * The images that a user names: files, and folders with all that is below them.
 * @throws {Problem} where a path does not exist, or two images would have outputs of one name.
 */
export async function imageItems(paths: readonly string[]): Promise<ImageItems> {
  const items: ImageItem[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch((error: unknown) => {
      throw fileProblem(error, path);
    });
    if (facts.isDirectory()) {
      const tree = await walkImages(path);
      items.push(...tree.images.map((name) => ({ name, file: join(path, name) })));
      problems.push(...tree.problems);
    } else {
      items.push({ name: basename(path), file: path });
    }
  }
  checkNames(items);
  return { items, problems };
}
