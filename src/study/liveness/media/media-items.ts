import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileProblem } from '../../../dataset/file-problem.js';
import { imageExtensions, imageFormatOf } from '../../../dataset/image-format.js';
import { isVideoName, videoExtensions } from '../../../dataset/video/video-format.js';
import { walkFiles } from '../../../dataset/walk-files.js';
import { Problem } from '../../../problem.js';
import { checkNames } from '../../check-names.js';

/** One photograph or video of a study. */
export interface MediaItem {
  /** Its path relative to the folder that was named, or its file name; unique in the study. */
  readonly name: string;
  readonly file: string;
  readonly kind: 'image' | 'video';
}

/**
 * The photographs and videos that a user names: files, and folders with all that is below them. A file that is named itself
 * and has no extension of a video counts as an image.
 * @throws {Problem} where a path does not exist, holds neither, or two items have one name.
 */
export async function mediaItems(
  paths: readonly string[],
): Promise<{ readonly items: readonly MediaItem[]; readonly problems: readonly Problem[] }> {
  const items: MediaItem[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch((error: unknown) => {
      throw fileProblem(error, path);
    });
    if (!facts.isDirectory()) {
      items.push({ name: basename(path), file: path, kind: isVideoName(path) ? 'video' : 'image' });
      continue;
    }
    const tree = await walkFiles(path, (name) => imageFormatOf(name) !== undefined || isVideoName(name));
    if (tree.files.length === 0) {
      throw new Problem(
        path,
        `holds no image (${imageExtensions.join(' ')}) and no video (${videoExtensions.join(' ')})`,
        'name the folder that they lie in or below',
      );
    }
    problems.push(...tree.problems);
    for (const name of tree.files) {
      items.push({ name, file: join(path, name), kind: isVideoName(name) ? 'video' : 'image' });
    }
  }
  checkNames(items);
  return { items, problems };
}
