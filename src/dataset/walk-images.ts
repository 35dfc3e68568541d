import { Problem } from '../problem.js';
import { imageExtensions, imageFormatOf } from './image-format.js';
import { walkFiles } from './walk-files.js';

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
  const { files, problems } = await walkFiles(root, (name) => imageFormatOf(name) !== undefined);
  if (files.length === 0) {
    throw new Problem(
      root,
      `holds no image (${imageExtensions.join(' ')})${problems.length > 0 ? `; ${problems[0].message}` : ''}`,
      'name the folder that the images lie in or below',
    );
  }
  return { images: files, problems };
}
