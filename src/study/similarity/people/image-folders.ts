import { basename, join, resolve } from 'node:path';
import { walkImages } from '../../../dataset/walk-images.js';
import { Problem } from '../../../problem.js';
import { checkStems } from '../../output-name.js';

/** The images of one folder that the user named. */
export interface ImageFolder {
  /** Absolute. */
  readonly folder: string;
  /** What its images and people are called by in the study: '' where it is the only folder, else its name and `/`. */
  readonly prefix: string;
  /** Paths relative to the folder, in code-unit order. */
  readonly images: readonly string[];
}

/** The images of a study by the folders they lie in, and what could not be looked into. */
export interface ImageFolders {
  readonly folders: readonly ImageFolder[];
  readonly problems: readonly Problem[];
}

/**
 * Finds the images below one or several folders.
 * @throws Problem where a folder cannot be read, two have one name, or two images differ in their extension only.
 */
export async function walkFolders(paths: readonly string[]): Promise<ImageFolders> {
  const folders: ImageFolder[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    const folder = resolve(path);
    const tree = await walkImages(path);
    folders.push({ folder, prefix: prefixOf(folder, paths.length), images: tree.images });
    problems.push(...tree.problems);
  }
  folders.forEach(({ folder, prefix }, at) => {
    const other = folders.slice(0, at).find((each) => each.prefix === prefix);
    if (other === undefined) return;
    throw new Problem(
      folder,
      `has the same name as ${other.folder}, so their outputs would collide`,
      'name a folder above both',
    );
  });
  checkStems(namesOf(folders));
  return { folders, problems };
}

/** What each folder's images are called by. */
function prefixOf(folder: string, folders: number): string {
  return folders === 1 ? '' : `${basename(folder)}/`;
}

/** The names of all images in the study. */
function namesOf(folders: readonly ImageFolder[]): string[] {
  return folders.flatMap(({ prefix, images }) => images.map((image) => `${prefix}${image}`));
}

/** The file of every image, by its name in the study. */
export function filesOf(folders: readonly ImageFolder[]): ReadonlyMap<string, string> {
  return new Map(
    folders.flatMap(({ folder, prefix, images }) =>
      images.map((image) => [`${prefix}${image}`, join(folder, image)] as const),
    ),
  );
}
