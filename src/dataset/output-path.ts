import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { Problem } from '../problem.js';
import { fileProblem } from './file-problem.js';

const insideRoot = new Map<string, Set<string>>();

/**
 * The path of an output inside the folder `root`, for a relative path that may come from anywhere, a score
 * file for instance. Links are followed: a folder below `root` that is a link to outside is refused.
 *
 * @param root the output folder; it need not exist yet
 * @param relative a path with forward slashes
 * @throws Problem where the path is absolute, has a drive letter, or leaves `root` in any other way
 */
export function outputPath(root: string, relative: string): string {
  const parts = relative.split(/[\\/]/);
  const refuse = (why: string): Problem =>
    new Problem(relative, `${why}, so nothing is written for it`, `use a path relative to ${root}`);
  if (relative === '' || relative.includes('\0')) throw refuse('is not a file name');
  if (parts[0] === '' || /^[A-Za-z]:/.test(relative)) throw refuse('is an absolute path');
  if (parts.includes('..')) throw refuse('leaves the output folder');
  const path = resolve(root, relative);
  if (!path.startsWith(withSeparator(resolve(root))) || parts.at(-1) === '.' || parts.at(-1) === '') {
    throw refuse('is not a file inside the output folder');
  }
  checkLinks(resolve(root), dirname(path), refuse);
  return path;
}

/** Follows the links of the part of `folder` that exists; folders found to be inside are remembered. */
function checkLinks(root: string, folder: string, refuse: (why: string) => Problem): void {
  const known = insideRoot.get(root) ?? new Set<string>();
  insideRoot.set(root, known);
  if (known.has(folder)) return;
  const realRoot = realPathOf(root);
  const realFolder = realPathOf(folder);
  if (realFolder !== realRoot && !realFolder.startsWith(withSeparator(realRoot))) {
    throw refuse('leads through a link out of the output folder');
  }
  if (existsSync(folder)) known.add(folder);
}

/** The real path of a folder; of one that does not exist yet, the real path of what exists and the rest. */
export function realPathOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT' && dirname(folder) !== folder) {
      return join(realPathOf(dirname(folder)), folder.slice(dirname(folder).length));
    }
    throw fileProblem(error, folder);
  }
}

const withSeparator = (folder: string): string => (folder.endsWith(sep) ? folder : folder + sep);
