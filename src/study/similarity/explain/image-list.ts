import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileProblem } from '../../../dataset/file-problem.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { ImageFolder } from '../people/image-folders.js';

/** All images that lay in the folders of the study, whether they were explained or not. */
const fileName = 'folders.json';

/** Keeps the names of all images, so that later steps can group the people anew without the photographs. */
export async function writeImageList(folder: string, folders: readonly ImageFolder[]): Promise<void> {
  await writeFileAtomic(join(folder, fileName), `${JSON.stringify(folders, null, 1)}\n`);
}

/** The folders that `writeImageList` wrote. @throws Problem where the list cannot be read. */
export async function readImageList(folder: string): Promise<ImageFolder[]> {
  const path = join(folder, fileName);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw fileProblem(error, path);
  });
  return JSON.parse(text) as ImageFolder[];
}
