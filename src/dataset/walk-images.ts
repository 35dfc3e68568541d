import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../problem.js';
import { fileProblem } from './file-problem.js';
import { imageExtensions, imageFormatOf } from './image-format.js';

/** The images below a folder, and what could not be looked into. */
export interface ImageTree {
  /** Paths relative to the folder, with forward slashes on every platform, in code-unit order. */
  readonly images: readonly string[];
  /** One for each unreadable folder, broken link and link that leads back into its own folder. */
  readonly problems: readonly Problem[];
}

/**
 * Finds all images below a folder by their extension (.jpg .jpeg .png .bmp .tif .tiff .webp, upper or lower
 * case). Links are followed. The order does not depend on the file system or the locale.
 *
 * @throws Problem where the folder does not exist, cannot be read or holds no image
 */
export async function walkImages(root: string): Promise<ImageTree> {
  const images: string[] = [];
  const problems: Problem[] = [];

  const visit = async (folder: string, ancestors: readonly string[]): Promise<void> => {
    const here = join(root, folder);
    const real = await realpath(here);
    if (ancestors.includes(real)) {
      problems.push(new Problem(here, 'is a link to a folder that it lies in, so it is not followed'));
      return;
    }
    for (const entry of await readdir(here, { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      try {
        const kind = await kindOf(entry, join(root, path));
        if (kind === 'folder') await visit(path, [...ancestors, real]);
        else if (kind === 'file' && imageFormatOf(entry.name) !== undefined) images.push(path);
      } catch (error) {
        const problem = fileProblem(error, join(root, path));
        if (!(problem instanceof Problem)) throw problem;
        problems.push(problem);
      }
    }
  };

  try {
    await visit('', []);
  } catch (error) {
    throw fileProblem(error, root);
  }
  if (images.length === 0) {
    throw new Problem(
      root,
      `holds no image (${imageExtensions.join(' ')})${problems.length > 0 ? `; ${problems[0].message}` : ''}`,
      'name the folder that the images lie in or below',
    );
  }
  return { images: images.sort(), problems };
}

async function kindOf(entry: Dirent, path: string): Promise<'file' | 'folder' | 'other'> {
  const facts = entry.isSymbolicLink() ? await stat(path) : entry;
  return facts.isDirectory() ? 'folder' : facts.isFile() ? 'file' : 'other';
}
