import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../problem.js';
import { fileProblem } from './file-problem.js';

/** The files of one kind below a folder, and what could not be looked into. */
export interface FileTree {
  /** Paths relative to the folder, with forward slashes on every platform, in code-unit order. */
  readonly files: readonly string[];
  /** One for each unreadable folder, broken link and link that leads back into its own folder. */
  readonly problems: readonly Problem[];
}

/**
 * Finds all files below a folder whose names are wanted. Links are followed. The order does not depend on the file system
 * or the locale.
 *
 * @throws Problem where the folder does not exist or cannot be read
 */
export async function walkFiles(root: string, wanted: (name: string) => boolean): Promise<FileTree> {
  const files: string[] = [];
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
        else if (kind === 'file' && wanted(entry.name)) files.push(path);
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
  return { files: files.sort(), problems };
}

async function kindOf(entry: Dirent, path: string): Promise<'file' | 'folder' | 'other'> {
  const facts = entry.isSymbolicLink() ? await stat(path) : entry;
  return facts.isDirectory() ? 'folder' : facts.isFile() ? 'file' : 'other';
}
